package dev.revox.bench.rate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.IntSupplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Telephones that call one port: INVITE, ACK, a while, BYE, as bytes and without a SIP stack, so that they cost little beside what they
 * measure. They repeat what is not answered within T1, and count it.
 *
 * <p><b>Thread:</b> Confined to one thread.
 */
final class Callers implements AutoCloseable {

    /** What became of the calls that began within the window. */
    static final class Figures {
        /** Nanoseconds from INVITE to 180, of calls that were not repeated. */
        final Histogram ringing = new Histogram(10_000_000_000L, 3);

        int placed;
        int completed;
        int failed;
        /** Requests that had to be sent again, and 200s that came again. */
        int repeated;

        boolean clean() {
            return failed == 0 && repeated == 0 && completed == placed;
        }
    }

    private enum Phase {
        INVITED,
        RINGING,
        UP,
        LEAVING,
        OVER
    }

    private static final class Call {
        final int number;
        final Figures figures;
        byte[] request;
        Phase phase = Phase.INVITED;
        long sentNanos;
        boolean again;
        String remote = "";

        Call(int number, Figures figures, byte[] invite) {
            this.number = number;
            this.figures = figures;
            this.request = invite;
        }
    }

    /** Something to look at later: for each queue the wait is always the same, so it is in order. */
    private record Later(long dueNanos, Call call, Phase phase) {}

    private static final long T1_NANOS = 500_000_000L;
    private static final long CALL_LIMIT_NANOS = 8_000_000_000L;
    private static final int MAX_DRAINED = 64;

    private final DatagramChannel socket;
    private final DatagramChannel sound;
    private final Selector selector;
    private final InetSocketAddress target;
    private final int ownPort;
    private final int soundPort;
    private final ByteBuffer inbound = ByteBuffer.allocate(65_536);
    private final Map<Integer, Call> calls = new HashMap<>();
    private final Queue<Later> repeats = new ArrayDeque<>();
    private final Queue<Later> goodbyes = new ArrayDeque<>();
    private final Queue<Later> limits = new ArrayDeque<>();
    private final String run = Long.toString(System.nanoTime(), 36);
    private int number;
    private long holdNanos;
    private Figures late = new Figures();

    Callers(int port) {
        try {
            InetAddress here = InetAddress.getLoopbackAddress();
            target = new InetSocketAddress(here, port);
            socket = DatagramChannel.open();
            socket.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
            socket.bind(new InetSocketAddress(here, 0));
            socket.configureBlocking(false);
            // Where sound would go; nobody reads it.
            sound = DatagramChannel.open().bind(new InetSocketAddress(here, 0));
            ownPort = ((InetSocketAddress) socket.getLocalAddress()).getPort();
            soundPort = ((InetSocketAddress) sound.getLocalAddress()).getPort();
            selector = Selector.open();
            SelectionKey unused = socket.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Places calls at an even rate and waits until all are over.
     *
     * @param leadMs before the window; calls of that time do not count
     * @param windowMs calls that begin within it count
     * @param edge runs where the window begins and where it ends
     */
    Figures run(int perSecond, int leadMs, int windowMs, int holdMs, Runnable edge) {
        holdNanos = holdMs * 1_000_000L;
        Figures lead = new Figures();
        Figures figures = new Figures();
        late = figures;
        at(perSecond, leadMs, lead);
        edge.run();
        at(perSecond, windowMs, figures);
        edge.run();
        long end = System.nanoTime() + CALL_LIMIT_NANOS + holdNanos;
        while (!calls.isEmpty() && System.nanoTime() < end) {
            turn(1);
        }
        return figures;
    }

    /** Calls that stay up until the last one is; then {@code whenUp} tells a figure, and all hang up. @return the figure */
    int hold(int count, IntSupplier whenUp) {
        holdNanos = Long.MAX_VALUE / 4;
        Figures figures = new Figures();
        at(500, count * 2, figures);
        long end = System.nanoTime() + CALL_LIMIT_NANOS;
        while (calls.values().stream().anyMatch(c -> c.phase != Phase.UP) && System.nanoTime() < end) {
            turn(1);
        }
        int figure = whenUp.getAsInt();
        goodbyes.clear();
        calls.values().stream().filter(c -> c.phase == Phase.UP).toList().forEach(this::sayGoodbye);
        end = System.nanoTime() + CALL_LIMIT_NANOS;
        while (!calls.isEmpty() && System.nanoTime() < end) {
            turn(1);
        }
        return figure;
    }

    private void at(int perSecond, int millis, Figures figures) {
        long begin = System.nanoTime();
        long end = begin + millis * 1_000_000L;
        long placed = 0;
        for (long now = begin; now < end; now = System.nanoTime()) {
            long due = (now - begin) * perSecond / 1_000_000_000L;
            while (placed < due) {
                invite(figures);
                placed++;
            }
            turn(1);
        }
    }

    private void turn(int waitMs) {
        try {
            int unused = selector.select(waitMs);
            selector.selectedKeys().clear();
            for (int i = 0; i < MAX_DRAINED && socket.receive(inbound.clear()) != null; i++) {
                onMessage(new String(inbound.array(), 0, inbound.position(), StandardCharsets.ISO_8859_1));
            }
        } catch (IOException refused) {
            throw new UncheckedIOException("nobody listens at " + target, refused);
        }
        long now = System.nanoTime();
        for (Later next = due(goodbyes, now); next != null; next = due(goodbyes, now)) {
            if (next.call().phase == Phase.UP) {
                sayGoodbye(next.call());
            }
        }
        for (Later next = due(repeats, now); next != null; next = due(repeats, now)) {
            if (next.call().phase == next.phase()) {
                next.call().figures.repeated++;
                next.call().again = true;
                send(next.call(), next.call().request);
            }
        }
        for (Later next = due(limits, now); next != null; next = due(limits, now)) {
            if (next.call().phase != Phase.OVER && next.call().phase != Phase.UP) {
                fail(next.call());
            }
        }
    }

    private static @Nullable Later due(Queue<Later> queue, long now) {
        Later next = queue.peek();
        return next != null && now - next.dueNanos() >= 0 ? queue.poll() : null;
    }

    private void invite(Figures figures) {
        int id = ++number;
        String sdp =
                "v=0\r\no=- " + id + " 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio " + soundPort
                        + " RTP/AVP 0 8 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n"
                        + "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=ptime:20\r\na=sendrecv\r\n";
        byte[] text = (request(
                                "INVITE",
                                1,
                                id,
                                "sip:+14155550123@127.0.0.1:" + target.getPort(),
                                "<sip:+14155550123@127.0.0.1:" + target.getPort() + ">")
                        + "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS\r\nContent-Type: application/sdp\r\nContent-Length: "
                        + sdp.length() + "\r\n\r\n" + sdp)
                .getBytes(StandardCharsets.ISO_8859_1);
        Call call = new Call(id, figures, text);
        figures.placed++;
        calls.put(id, call);
        limits.add(new Later(
                System.nanoTime() + CALL_LIMIT_NANOS + Math.min(holdNanos, CALL_LIMIT_NANOS), call, Phase.OVER));
        send(call, text);
    }

    private String request(String method, int cseq, int id, String uri, String to) {
        return method + " " + uri + " SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + ownPort + ";rport;branch=z9hG4bK" + run
                + id
                + method + "\r\nMax-Forwards: 70\r\nFrom: <sip:+14155550100@127.0.0.1>;tag=" + run + id + "\r\nTo: "
                + to
                + "\r\nCall-ID: " + id + "." + run + "\r\nCSeq: " + cseq + " " + method
                + "\r\nContact: <sip:load@127.0.0.1:"
                + ownPort + ">\r\nUser-Agent: load\r\n";
    }

    private void send(Call call, byte[] bytes) {
        call.sentNanos = System.nanoTime();
        call.request = bytes;
        sendOnce(bytes);
        repeats.add(new Later(call.sentNanos + T1_NANOS, call, call.phase));
    }

    private void sendOnce(byte[] bytes) {
        try {
            int unused = socket.send(ByteBuffer.wrap(bytes), target);
        } catch (IOException refused) {
            throw new UncheckedIOException("nobody listens at " + target, refused);
        }
    }

    private void onMessage(String text) {
        if (!text.startsWith("SIP/2.0 ")) {
            return;
        }
        int status = Integer.parseInt(text, 8, 11, 10);
        Call call = calls.get(numberOf(text));
        boolean ofInvite = header(text, "CSeq").endsWith("INVITE");
        if (call == null || (call.phase == Phase.LEAVING && ofInvite)) {
            late.repeated += status == 200 ? 1 : 0;
        } else if (status >= 300) {
            fail(call);
        } else if (!ofInvite) {
            end(call);
        } else if (status >= 200) {
            answered(call, text);
        } else if (call.phase == Phase.INVITED) {
            call.phase = Phase.RINGING;
            if (!call.again && status == 180) {
                call.figures.ringing.recordValue(System.nanoTime() - call.sentNanos);
            }
        }
    }

    private void answered(Call call, String text) {
        if (call.phase == Phase.UP) {
            call.figures.repeated++;
            sendOnce(call.request);
            return;
        }
        String contact = header(text, "Contact");
        String uri = contact.substring(contact.indexOf('<') + 1, contact.indexOf('>'));
        call.remote = header(text, "To");
        call.phase = Phase.UP;
        call.request = (request("ACK", 1, call.number, uri, call.remote) + "Content-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        sendOnce(call.request);
        goodbyes.add(new Later(System.nanoTime() + holdNanos, call, Phase.UP));
        call.remote = uri + " " + call.remote;
    }

    private void sayGoodbye(Call call) {
        call.phase = Phase.LEAVING;
        int blank = call.remote.indexOf(' ');
        String bye = request("BYE", 2, call.number, call.remote.substring(0, blank), call.remote.substring(blank + 1));
        send(call, (bye + "Content-Length: 0\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private void end(Call call) {
        call.figures.completed++;
        call.phase = Phase.OVER;
        Call unused = calls.remove(call.number);
    }

    private void fail(Call call) {
        call.figures.failed++;
        call.phase = Phase.OVER;
        Call unused = calls.remove(call.number);
    }

    private static String header(String text, String name) {
        int at = text.indexOf("\r\n" + name + ": ");
        if (at < 0) {
            return "";
        }
        int from = at + name.length() + 4;
        return text.substring(from, text.indexOf('\r', from));
    }

    private static int numberOf(String text) {
        String callId = header(text, "Call-ID");
        return Integer.parseInt(callId, 0, callId.indexOf('.'), 10);
    }

    @Override
    public void close() {
        try {
            selector.close();
            socket.close();
            sound.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
