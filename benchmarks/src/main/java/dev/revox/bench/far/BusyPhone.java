package dev.revox.bench.far;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Everybody's telephone: notes when the first INVITE for each number arrived and says 486 Busy Here (RFC 3261 section 21.4.24).
 * It is no SIP stack, so that it costs next to nothing.
 *
 * <p><b>Thread:</b> Thread-safe; one daemon thread reads.
 */
public final class BusyPhone implements AutoCloseable {
    private static final int LARGEST_DATAGRAM = 65_536;

    private final DatagramSocket socket;
    private final Map<String, Long> arrivedNanos = new ConcurrentHashMap<>();

    public BusyPhone() {
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        }
        Thread reader = new Thread(this::read, "busy-phone");
        reader.setDaemon(true);
        reader.start();
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** When the first INVITE for each number arrived, by the number in E.164. */
    public Map<String, Long> arrivedNanos() {
        return arrivedNanos;
    }

    private void read() {
        byte[] buffer = new byte[LARGEST_DATAGRAM];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                long nanos = System.nanoTime();
                String request = new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8);
                if (request.startsWith("INVITE sip:")) {
                    String number = request.substring("INVITE sip:".length(), request.indexOf('@'));
                    Long unused = arrivedNanos.putIfAbsent(number, nanos);
                    byte[] busy = busy(request).getBytes(StandardCharsets.UTF_8);
                    socket.send(new DatagramPacket(busy, busy.length, packet.getSocketAddress()));
                }
            } catch (IOException closed) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(closed);
                }
            }
        }
    }

    private static String busy(String invite) {
        StringBuilder response = new StringBuilder("SIP/2.0 486 Busy Here\r\n");
        for (String line : invite.split("\r\n", -1)) {
            String name = line.substring(0, Math.max(0, line.indexOf(':'))).toLowerCase(Locale.ROOT);
            switch (name) {
                case "via", "from", "call-id", "cseq" -> response.append(line).append("\r\n");
                case "to" -> response.append(line).append(";tag=busy\r\n");
                default -> {}
            }
            if (line.isEmpty()) {
                break;
            }
        }
        return response.append("Content-Length: 0\r\n\r\n").toString();
    }

    @Override
    public void close() {
        socket.close();
    }
}
