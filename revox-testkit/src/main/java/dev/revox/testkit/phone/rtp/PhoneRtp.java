package dev.revox.testkit.phone.rtp;

import dev.revox.testkit.network.NetworkProfile;
import dev.revox.testkit.network.UdpRelay;
import dev.revox.testkit.voice.Sound;
import dev.revox.time.TimeSource;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One call's sound at the telephone: sends a packet every 20 ms, records what comes in, and knows when the other side speaks.
 *
 * <p>Symmetric RTP is not wanted here: it sends where the session description said.
 *
 * <p><b>Thread:</b> Thread-safe; packets leave on the time source's alarm thread and come in on two threads of its own.
 */
public final class PhoneRtp implements AutoCloseable {

    static final int PACKET_MS = 20;

    private static final long NETWORK_SEED = 1;

    private final DatagramSocket rtp;
    private final DatagramSocket rtcp;
    private final RtpMouth mouth;
    private final RtpEar ear;
    private final AtomicLong rtcpReceived = new AtomicLong();

    private final @Nullable UdpRelay relay;

    private PhoneRtp(
            TimeSource time,
            IntPredicate dropped,
            Optional<NetworkProfile> network,
            Optional<EchoPlan> echo,
            DatagramSocket rtp,
            DatagramSocket rtcp) {
        this.rtp = rtp;
        this.rtcp = rtcp;
        DelayLine back = echo.map(DelayLine::new).orElse(null);
        mouth = new RtpMouth(time, dropped, rtp, back);
        ear = new RtpEar(time, back);
        // This telephone believes whoever sends to it, so strangers try the other side only.
        relay = network.map(bad -> UdpRelay.start(
                        time, (InetSocketAddress) rtp.getLocalSocketAddress(), bad.withSpray(0), bad, NETWORK_SEED))
                .orElse(null);
    }

    /**
     * Opens an even port on loopback for RTP, and the next one for RTCP.
     *
     * @param dropped says for each packet made, counted from 0, whether it gets lost
     * @param network lies between this telephone's RTP and the other side's, both ways
     * @param echo what it sends back of what it hears
     */
    public static PhoneRtp open(
            TimeSource time, IntPredicate dropped, Optional<NetworkProfile> network, Optional<EchoPlan> echo) {
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = 33_000 + 2 * ThreadLocalRandom.current().nextInt(6_000);
            try {
                DatagramSocket rtp = new DatagramSocket(port, InetAddress.getLoopbackAddress());
                try {
                    DatagramSocket rtcp = new DatagramSocket(port + 1, InetAddress.getLoopbackAddress());
                    PhoneRtp phone = new PhoneRtp(time, dropped, network, echo, rtp, rtcp);
                    phone.listen();
                    return phone;
                } catch (SocketException e) {
                    rtp.close();
                }
            } catch (SocketException e) {
                // Taken: try another.
            }
        }
        throw new IllegalStateException("no free pair of UDP ports on loopback in 33000..45000");
    }

    /** Where the other side sends RTP. */
    public int port() {
        return relay == null ? rtp.getLocalPort() : relay.port();
    }

    private void listen() {
        Thread.ofPlatform().daemon().name("test-phone-rtp-" + port()).start(() -> receive(rtp, ear::rtpCame));
        Thread.ofPlatform()
                .daemon()
                .name("test-phone-rtcp-" + port())
                .start(() -> receive(rtcp, packet -> rtcpReceived.incrementAndGet()));
    }

    private static void receive(DatagramSocket socket, Consumer<ByteBuffer> arrival) {
        byte[] bytes = new byte[2048];
        DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
        while (!socket.isClosed()) {
            try {
                packet.setLength(bytes.length);
                socket.receive(packet);
                arrival.accept(ByteBuffer.wrap(bytes, 0, packet.getLength()));
            } catch (IOException e) {
                // Closed, or an ICMP error of a packet that we sent: the loop's condition tells which.
            }
        }
    }

    /** Where to send, with which payload type of G.711, and that of telephone-event, negative for none. */
    public void direct(InetSocketAddress to, int payloadType, int keyEvents) {
        ear.expectKeys(keyEvents);
        mouth.direct(relay == null ? to : relay.wayBack(), payloadType, keyEvents);
    }

    /** Queues speech. The future tells when its last packet has left, or false when the call ended before. */
    public CompletableFuture<Boolean> say(Utterance utterance) {
        return mouth.say(utterance);
    }

    /** Presses keys one after the other, 120 ms each. */
    public void press(String digits) {
        mouth.press(digits);
    }

    /** When the other side spoke, up to now. */
    public Hearing hearing() {
        return ear.hearing();
    }

    /** All that was heard so far, at 8 kHz, each packet at the place of its timestamp. */
    public Sound heard() {
        return ear.heard();
    }

    /** The same, with the time at which each packet came. */
    public WireSound heardOnWire() {
        return ear.onWire();
    }

    /** All that was said so far, silence and speech, with the time at which each packet left. */
    public WireSound saidOnWire() {
        return mouth.said();
    }

    /** What was begun to be said so far, the oldest first. */
    public List<SpokenUtterance> spoken() {
        return mouth.spoken();
    }

    /** The keys that the other side pressed. */
    public String keysHeard() {
        return ear.keysHeard();
    }

    public RtpCounters counters() {
        return new RtpCounters(mouth.sent(), mouth.withheld(), ear.received(), ear.lost(), rtcpReceived.get());
    }

    /** Frees the ports. What was heard stays. */
    @Override
    public void close() {
        mouth.close();
        if (relay != null) {
            relay.close();
        }
        rtp.close();
        rtcp.close();
    }
}
