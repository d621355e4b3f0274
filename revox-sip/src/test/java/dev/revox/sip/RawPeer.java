package dev.revox.sip;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A SIP peer that does exactly what a test tells it, byte for byte, over a socket of its own. */
final class RawPeer implements AutoCloseable {

    static final String SDP = String.join(
            "\r\n",
            "v=0",
            "o=peer 1 1 IN IP4 127.0.0.1",
            "s=-",
            "c=IN IP4 127.0.0.1",
            "t=0 0",
            "m=audio 41000 RTP/AVP 8 101",
            "a=rtpmap:101 telephone-event/8000",
            "");

    /** A message that came, with where it came from. */
    record Received(String text, InetSocketAddress from) {

        String startLine() {
            return text.substring(0, text.indexOf("\r\n"));
        }

        boolean isRequest(String method) {
            return text.startsWith(method + " ");
        }

        boolean isResponse(int status, String method) {
            return text.startsWith("SIP/2.0 " + status + " ") && header("CSeq").endsWith(" " + method);
        }

        String header(String name) {
            List<String> values = headers(name);
            return values.isEmpty() ? "" : values.getFirst();
        }

        List<String> headers(String name) {
            List<String> values = new ArrayList<>();
            for (String line : text.substring(0, text.indexOf("\r\n\r\n")).split("\r\n", -1)) {
                if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
                    values.add(line.substring(name.length() + 1).strip());
                }
            }
            return values;
        }

        String branch() {
            String via = header("Via");
            String rest = via.substring(via.indexOf("branch=") + 7);
            int end = rest.indexOf(';');
            return end < 0 ? rest : rest.substring(0, end);
        }

        String toTag() {
            String to = header("To");
            int tag = to.indexOf(";tag=");
            return tag < 0 ? "" : to.substring(tag + 5);
        }

        long cseq() {
            return Long.parseLong(header("CSeq").split(" ", -1)[0]);
        }

        String body() {
            return text.substring(text.indexOf("\r\n\r\n") + 4);
        }
    }

    final List<Received> inbox = new CopyOnWriteArrayList<>();
    private final DatagramSocket socket;
    private final AtomicInteger sequence = new AtomicInteger();

    RawPeer() {
        this("127.0.0.1");
    }

    RawPeer(String address) {
        this(address, 0);
    }

    RawPeer(String address, int port) {
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), port));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Thread reader = new Thread(this::read, "raw-peer");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        byte[] buffer = new byte[65_535];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                inbox.add(new Received(
                        new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8),
                        (InetSocketAddress) packet.getSocketAddress()));
            } catch (IOException e) {
                return;
            }
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    String address() {
        return socket.getLocalAddress().getHostAddress();
    }

    String contact() {
        return "<sip:peer@" + address() + ":" + port() + ">";
    }

    void send(String text, int port) {
        send(text.getBytes(StandardCharsets.UTF_8), port);
    }

    void send(byte[] bytes, int port) {
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    long count(java.util.function.Predicate<Received> what) {
        return inbox.stream().filter(what).count();
    }

    Received await(String what, java.util.function.Predicate<Received> predicate) {
        AtomicReference<Received> found = new AtomicReference<>();
        Lines.eventually(what, () -> {
            inbox.stream().filter(predicate).findFirst().ifPresent(found::set);
            return found.get() != null;
        });
        return found.get();
    }

    Received awaitRequest(String method) {
        return await(method, r -> r.isRequest(method));
    }

    Received awaitResponse(int status, String method) {
        return await(status + " to " + method, r -> r.isResponse(status, method));
    }

    /** Answers a request; {@code extra} is header lines, each with its line end. */
    void reply(Received request, String statusLine, String toTag, String extra, String body) {
        String to = request.header("To");
        StringBuilder text = new StringBuilder("SIP/2.0 ").append(statusLine).append("\r\n");
        request.headers("Via").forEach(v -> text.append("Via: ").append(v).append("\r\n"));
        text.append("From: ").append(request.header("From")).append("\r\n");
        text.append("To: ").append(to);
        if (!to.contains(";tag=") && !toTag.isEmpty()) {
            text.append(";tag=").append(toTag);
        }
        text.append("\r\nCall-ID: ").append(request.header("Call-ID"));
        text.append("\r\nCSeq: ").append(request.header("CSeq")).append("\r\n").append(extra);
        if (!body.isEmpty()) {
            text.append("Content-Type: application/sdp\r\n");
        }
        text.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
        send(text.toString(), request.from().getPort());
    }

    void ok(Received invite, String toTag, String sdp) {
        reply(invite, "200 OK", toTag, "Contact: " + contact() + "\r\n", sdp);
    }

    /** A request of ours within the dialog that a peer's INVITE and our tag made. */
    String within(Received invite, String ourTag, String method, long cseq, String extra, String body) {
        return message(
                method,
                invite.header("Contact").replaceAll("[<>]", ""),
                "z9hG4bKpeer" + port() + "-" + sequence.incrementAndGet(),
                invite.header("To") + ";tag=" + ourTag,
                invite.header("From"),
                invite.header("Call-ID"),
                cseq,
                extra,
                body);
    }

    /** Any request. */
    String message(
            String method,
            String uri,
            String branch,
            String from,
            String to,
            String callId,
            long cseq,
            String extra,
            String body) {
        return method + " " + uri + " SIP/2.0\r\nVia: SIP/2.0/UDP " + address() + ":" + port() + ";branch=" + branch
                + ";rport\r\nMax-Forwards: 70\r\nFrom: " + from + "\r\nTo: " + to + "\r\nCall-ID: " + callId
                + "\r\nCSeq: " + cseq + " " + method + "\r\nContact: " + contact() + "\r\n" + extra
                + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n") + "Content-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    String nextBranch() {
        return "z9hG4bKpeer" + port() + "-" + sequence.incrementAndGet();
    }

    @Override
    public void close() {
        socket.close();
    }
}
