package dev.revox.bench.packets;

import com.sun.management.ThreadMXBean;
import dev.revox.sip.rtp.RtpPacketView;
import dev.revox.sip.rtp.RtpReceiver;
import dev.revox.sip.rtp.RtpRelay;
import dev.revox.sip.rtp.RtpSender;
import dev.revox.sip.rtp.SourceLatch;
import dev.revox.sip.transport.DatagramTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The measured process of our side: media sockets asked once per millisecond, as the media loop does. {@code echo} returns packets as
 * they are, {@code relay} checks, judges and rewrites each as a bridge of two legs does.
 */
final class OwnResponder {
    private static final long TICK_NANOS = 1_000_000L;
    private static final int MAX_PACKET_BYTES = 1600;

    private OwnResponder() {}

    /** Sends back. */
    private static final class Echo implements DatagramTransport.Receiver {
        private DatagramTransport.@Nullable Socket socket;

        @Override
        public void onDatagram(byte[] bytes, int offset, int length, InetSocketAddress source, long arrivalNanos) {
            DatagramTransport.Socket back = socket;
            if (back != null) {
                back.send(bytes, offset, length, source);
            }
        }
    }

    /** One leg of a bridge: what comes in leaves by the other's socket. */
    private static final class Leg implements DatagramTransport.Receiver {
        private final RtpPacketView view = new RtpPacketView();
        private final RtpReceiver receiver = new RtpReceiver();
        private final SourceLatch latch = new SourceLatch();
        private final RtpRelay relay = new RtpRelay(new RtpSender(new SecureRandom()));
        private final byte[] packet = new byte[MAX_PACKET_BYTES];
        private DatagramTransport.@Nullable Socket socket;
        private @Nullable Leg other;

        @Override
        public void onDatagram(byte[] bytes, int offset, int length, InetSocketAddress source, long arrivalNanos) {
            Leg towards = other;
            if (towards == null
                    || !view.wrap(bytes, offset, length)
                    || !latch.accepts(source, view.sequenceNumber(), arrivalNanos)) {
                return;
            }
            switch (receiver.onPacket(view.ssrc(), view.sequenceNumber(), view.timestamp(), arrivalNanos)) {
                case ACCEPT, ACCEPT_NEW_STREAM -> towards.pass(view, bytes, receiver.streams());
                case DROP, PROBATION -> {}
            }
        }

        private void pass(RtpPacketView came, byte[] bytes, int stream) {
            InetSocketAddress target = latch.target();
            DatagramTransport.Socket out = socket;
            int length = relay.write(packet, 0, came, bytes, stream);
            if (out != null && target != null && length > 0) {
                out.send(packet, 0, length, target);
            }
        }
    }

    /** {@code kind what firstPort ports firstFarPort}. */
    public static void main(String[] args) throws IOException {
        DatagramTransport transport = DatagramTransport.of(DatagramTransport.Kind.valueOf(args[0]), "packets");
        int first = Integer.parseInt(args[2]);
        int ports = Integer.parseInt(args[3]);
        if (args[1].equals("relay")) {
            relays(transport, first, ports, Integer.parseInt(args[4]));
        } else {
            for (int i = 0; i < ports; i++) {
                Echo echo = new Echo();
                echo.socket = transport.open(InetAddress.getLoopbackAddress(), first + i, echo);
            }
        }
        Thread loop = Thread.ofPlatform().daemon(true).start(() -> loop(transport));
        answer(loop.threadId());
    }

    private static void relays(DatagramTransport transport, int first, int ports, int firstFar) throws IOException {
        Leg before = new Leg();
        for (int i = 0; i < ports; i++) {
            Leg leg = new Leg();
            leg.socket = transport.open(InetAddress.getLoopbackAddress(), first + i, leg);
            leg.latch.onDescription(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), firstFar + i), System.nanoTime());
            if (i % 2 == 1) {
                leg.other = before;
                before.other = leg;
            }
            before = leg;
        }
    }

    private static void loop(DatagramTransport transport) {
        long next = System.nanoTime();
        while (true) {
            transport.poll(System.nanoTime());
            next += TICK_NANOS;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private static void answer(long loop) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        System.out.println("ready");
        try (BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (questions.readLine() != null) {
                System.out.println(threads.getThreadAllocatedBytes(loop));
            }
        }
    }
}
