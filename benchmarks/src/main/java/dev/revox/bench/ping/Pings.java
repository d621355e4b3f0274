package dev.revox.bench.ping;

import dev.revox.bench.calls.WholeRun;
import dev.revox.sip.SipCallLine;
import dev.revox.time.SystemTime;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * OPTIONS from the trunk's own address at a steady rate.
 *
 * <p><b>Thread:</b> two threads of its own send and receive; the figures are read after its end.
 */
final class Pings implements WholeRun.Disturbance {

    private static final long BETWEEN_NANOS = Duration.ofMillis(20).toNanos();
    private static final long LAST_WAIT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MOST_BYTES = 65_535;

    private final Map<String, Long> open = new ConcurrentHashMap<>();
    private final Histogram answered = new Histogram(10_000_000_000L, 3);
    private volatile boolean over;
    private volatile int sent;

    @Override
    public boolean trunkIsLetIn() {
        return true;
    }

    @Override
    public Ending beginBeside(SipCallLine line) {
        try {
            DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SystemTime time = SystemTime.start();
            Thread receiver = Thread.ofPlatform().name("pings-in").start(() -> receive(socket, time));
            Thread sender = Thread.ofPlatform().name("pings-out").start(() -> send(socket, time, line.sipPort()));
            return () -> {
                over = true;
                sender.join();
                socket.close();
                receiver.join();
                time.close();
            };
        } catch (SocketException e) {
            throw new IllegalStateException("no socket for the pings", e);
        }
    }

    int sent() {
        return sent;
    }

    int unanswered() {
        return open.size();
    }

    double answeredMs(double percentile) {
        return answered.getValueAtPercentile(percentile) / 1e6;
    }

    private void send(DatagramSocket socket, SystemTime time, int port) {
        try {
            for (int number = 1; !over; number++) {
                byte[] message = options("ping-" + number, socket.getLocalPort(), port);
                open.put("ping-" + number, time.nanoTime());
                socket.send(new DatagramPacket(message, message.length, InetAddress.getLoopbackAddress(), port));
                sent = number;
                LockSupport.parkNanos(BETWEEN_NANOS);
            }
            LockSupport.parkNanos(LAST_WAIT_NANOS);
        } catch (IOException e) {
            throw new IllegalStateException("a ping could not be sent", e);
        }
    }

    private static byte[] options(String callId, int ownPort, int port) {
        return ("OPTIONS sip:127.0.0.1:" + port + " SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + ownPort
                        + ";rport;branch=z9hG4bK" + callId
                        + "\r\nMax-Forwards: 70\r\nFrom: <sip:trunk@127.0.0.1>;tag=p\r\n"
                        + "To: <sip:127.0.0.1:" + port + ">\r\nCall-ID: " + callId
                        + "\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private void receive(DatagramSocket socket, SystemTime time) {
        byte[] buffer = new byte[MOST_BYTES];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                long now = time.nanoTime();
                String text = new String(buffer, 0, packet.getLength(), StandardCharsets.ISO_8859_1);
                int at = text.indexOf("Call-ID: ") + "Call-ID: ".length();
                String callId = text.substring(at, text.indexOf('\r', at));
                @Nullable Long sentNanos = text.startsWith("SIP/2.0 200 ") ? open.remove(callId) : null;
                if (sentNanos != null) {
                    answered.recordValue(now - sentNanos);
                }
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new IllegalStateException("the pings' socket failed", e);
                }
            }
        }
    }
}
