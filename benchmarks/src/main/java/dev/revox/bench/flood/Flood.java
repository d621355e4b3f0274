package dev.revox.bench.flood;

import dev.revox.bench.calls.Gauges;
import dev.revox.bench.calls.WholeRun;
import dev.revox.sip.SipCallLine;
import dev.revox.sip.signaling.valve.ValveCounts;
import dev.revox.time.SystemTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Malformed SIP at a steady rate at the port of an engine's line: half of it from the trunk's own address, half from strangers.
 *
 * <p>What is sent is made before: right messages with a few bytes turned, lines doubled, cut off or put in, the same for the
 * same seed.
 *
 * <p><b>Thread:</b> one thread of its own sends; the figures are read after {@code close}.
 */
final class Flood implements WholeRun.Disturbance {

    private static final int MADE = 4096;
    private static final int STRANGERS = 8;
    private static final long BATCH_NANOS = 1_000_000;
    private static final Duration SETTLING = Duration.ofSeconds(1);
    private static final List<String> SPLINTERS = List.of(
            "99999999999999999999",
            "\r\n",
            "\0",
            "%%%",
            "<<<<",
            "\"",
            ";;;;",
            ",,,,,,,,",
            "[::",
            "tel:+",
            "SIP/2.0",
            "Contact: <sip:a@b>,<sip:a@b>,<sip:a@b>,<sip:a@b>\r\n",
            "Via: SIP/2.0/TCP 203.0.113.9;branch=z\r\n");

    private final int perSecond;
    private final long seed;
    private volatile boolean over;
    private volatile long sent;
    private volatile long nanos;
    private volatile long heapGrowthBytes;
    private volatile ValveCounts counts = new ValveCounts(0, 0, 0, 0, 0);

    Flood(int perSecond, long seed) {
        this.perSecond = perSecond;
        this.seed = seed;
    }

    @Override
    public Ending beginBeside(SipCallLine line) throws InterruptedException {
        List<byte[]> messages = messages(line.sipPort());
        long heapBefore = Gauges.liveHeapBytes();
        settle();
        Thread sender = new Thread(() -> send(messages, line.sipPort()), "flood");
        sender.start();
        return () -> {
            over = true;
            sender.join();
            counts = line.valveCounts();
            heapGrowthBytes = Gauges.liveHeapBytes() - heapBefore;
        };
    }

    // The full collection above stops all calls for tens of milliseconds; their frames catch up before anything is
    // counted.
    private static void settle() throws InterruptedException {
        try (SystemTime time = SystemTime.start()) {
            Gauges.pass(time, SETTLING);
        }
    }

    double sentPerSecond() {
        return sent * 1e9 / Math.max(1, nanos);
    }

    long sent() {
        return sent;
    }

    long heapGrowthBytes() {
        return heapGrowthBytes;
    }

    ValveCounts counts() {
        return counts;
    }

    // Connected channels and buffers outside the heap: the sender shares the machine with what it disturbs.
    private void send(List<byte[]> messages, int port) {
        List<ByteBuffer> ready = messages.stream().map(Flood::outsideTheHeap).toList();
        List<DatagramChannel> sources = new ArrayList<>();
        try (SystemTime time = SystemTime.start()) {
            for (int i = 0; i < STRANGERS; i++) {
                sources.add(source(new byte[] {127, 0, 0, 1}, port));
                sources.add(source(new byte[] {127, 0, 1, (byte) (i + 1)}, port));
            }
            long begin = time.nanoTime();
            int number = 0;
            while (!over) {
                long due = (long) ((time.nanoTime() - begin) / 1e9 * perSecond);
                while (number < due && !over) {
                    int written = sources.get(number % sources.size())
                            .write(ready.get(number % MADE).rewind());
                    if (written == 0) {
                        throw new IllegalStateException("the flood's socket is full");
                    }
                    number++;
                }
                LockSupport.parkNanos(BATCH_NANOS);
            }
            nanos = time.nanoTime() - begin;
            sent = number;
            for (DatagramChannel source : sources) {
                source.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("the flood could not be sent", e);
        }
    }

    private static ByteBuffer outsideTheHeap(byte[] message) {
        return ByteBuffer.allocateDirect(message.length).put(message).flip();
    }

    private static DatagramChannel source(byte[] address, int port) throws IOException {
        return DatagramChannel.open()
                .bind(new InetSocketAddress(InetAddress.getByAddress(address), 0))
                .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private List<byte[]> messages(int port) {
        Random random = new Random(seed);
        List<byte[]> made = new ArrayList<>();
        for (int i = 0; i < MADE; i++) {
            made.add(mutated(original(i, port), random));
        }
        return made;
    }

    private static String original(int number, int port) {
        String method =
                List.of("INVITE", "OPTIONS", "BYE", "REGISTER", "ACK", "SIP").get(number % 6);
        String start =
                method.equals("SIP") ? "SIP/2.0 200 OK" : method + " sip:+14155550123@127.0.0.1:" + port + " SIP/2.0";
        String sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n";
        return start + "\r\nVia: SIP/2.0/UDP 127.0.0.1:9;rport;branch=z9hG4bKflood" + number
                + "\r\nMax-Forwards: 70\r\nFrom: <sip:+14155550100@127.0.0.1>;tag=f" + number
                + "\r\nTo: <sip:+14155550123@127.0.0.1>" + (number % 3 == 0 ? ";tag=t" : "")
                + "\r\nCall-ID: flood-" + number + "\r\nCSeq: 1 " + (method.equals("SIP") ? "INVITE" : method)
                + "\r\nContact: <sip:x@127.0.0.1:9>\r\nContent-Type: application/sdp\r\nContent-Length: "
                + sdp.length() + "\r\n\r\n" + sdp;
    }

    private static byte[] mutated(String original, Random random) {
        StringBuilder text = new StringBuilder(original);
        for (int change = random.nextInt(1, 5); change > 0; change--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(6)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                case 1 -> text.setLength(Math.max(40, at));
                case 2 -> text.insert(at, SPLINTERS.get(random.nextInt(SPLINTERS.size())));
                case 3 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 60)));
                case 4 -> text.insert(at, String.valueOf(text.charAt(at)).repeat(1 << random.nextInt(11)));
                default -> text.delete(at, Math.min(text.length(), at + random.nextInt(1, 30)));
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
