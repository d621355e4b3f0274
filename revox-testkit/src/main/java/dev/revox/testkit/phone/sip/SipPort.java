package dev.revox.testkit.phone.sip;

import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;

/**
 * A UDP socket for SIP on loopback, with the retransmissions that UDP needs.
 *
 * <p><b>Thread:</b> Thread-safe; messages are handed over on one thread of its own. <b>Spec:</b> RFC 3261 §17, T1 = 500 ms,
 * T2 = 4 s, given up after 64*T1.
 */
public final class SipPort implements AutoCloseable {

    private static final Duration T1 = Duration.ofMillis(500);
    private static final Duration T2 = Duration.ofSeconds(4);
    private static final Duration GIVE_UP = T1.multipliedBy(64);

    private final TimeSource time;
    private final DatagramSocket socket;

    private volatile Instant lastArrival;

    private SipPort(TimeSource time, DatagramSocket socket) {
        this.time = time;
        this.socket = socket;
        lastArrival = time.instant();
    }

    /** Opens the port, 0 for any. */
    public static SipPort open(int port, TimeSource time) {
        try {
            return new SipPort(time, new DatagramSocket(port, InetAddress.getLoopbackAddress()));
        } catch (SocketException e) {
            throw new UncheckedIOException("UDP port " + port + " on loopback cannot be opened", e);
        }
    }

    public void listen(BiConsumer<SipText, InetSocketAddress> listener) {
        Thread.ofPlatform().daemon().name("test-phone-sip-" + port()).start(() -> {
            byte[] bytes = new byte[65536];
            DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
            while (!socket.isClosed()) {
                try {
                    packet.setLength(bytes.length);
                    socket.receive(packet);
                    // Before parsing: the first message of a cold JVM takes a while to understand.
                    lastArrival = time.instant();
                    InetSocketAddress from = (InetSocketAddress) packet.getSocketAddress();
                    SipText.parse(bytes, packet.getLength()).ifPresent(message -> listener.accept(message, from));
                } catch (IOException e) {
                    // Closed, or an ICMP error of something that we sent: the loop's condition tells which.
                }
            }
        });
    }

    /** When the message that the listener is being told of came off the wire. Meant for the listener's own thread. */
    public Instant lastArrival() {
        return lastArrival;
    }

    public int port() {
        return socket.getLocalPort();
    }

    public void send(SipText message, InetSocketAddress to) {
        byte[] bytes = message.bytes();
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, to));
        } catch (IOException e) {
            // Like a lost datagram: retransmission heals it, or the other side gives up.
        }
    }

    /** Sends until the returned alarm is cancelled. */
    public Alarm sendUntilStopped(SipText message, InetSocketAddress to) {
        Repeating repeating = new Repeating(message, to);
        repeating.run();
        return repeating;
    }

    private final class Repeating implements Runnable, Alarm {

        private final SipText message;
        private final InetSocketAddress to;
        private final long startNanos = time.nanoTime();
        private volatile boolean stopped;
        private Duration interval = T1;

        Repeating(SipText message, InetSocketAddress to) {
            this.message = message;
            this.to = to;
        }

        @Override
        public void run() {
            if (stopped || time.nanoTime() - startNanos > GIVE_UP.toNanos()) {
                return;
            }
            send(message, to);
            time.schedule(interval, this);
            Duration doubled = interval.multipliedBy(2);
            interval = doubled.compareTo(T2) > 0 ? T2 : doubled;
        }

        @Override
        public void cancel() {
            stopped = true;
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
