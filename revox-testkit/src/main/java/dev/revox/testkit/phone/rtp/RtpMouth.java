package dev.revox.testkit.phone.rtp;

import dev.revox.testkit.phone.codec.G711;
import dev.revox.testkit.phone.codec.LineCodec;
import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The sending half: a packet every 20 ms on absolute deadlines, of speech, of a key, or of silence.
 *
 * <p><b>Thread:</b> Thread-safe; packets leave on the time source's alarm thread.
 */
final class RtpMouth {

    static final int HEADER_BYTES = 12;

    private static final int PACKET_SAMPLES = 160;
    private static final long PACKET_NANOS = PhoneRtp.PACKET_MS * 1_000_000L;

    private final TimeSource time;
    private final IntPredicate dropped;
    private final DatagramSocket rtp;
    private final @Nullable DelayLine echo;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Speaking> queue = new ArrayDeque<>();
    private final KeyPresses keys = new KeyPresses();
    private final WireTrack said = new WireTrack();
    private final List<SpokenUtterance> spoken = new ArrayList<>();
    private final int ssrc = ThreadLocalRandom.current().nextInt();

    private int sequence = ThreadLocalRandom.current().nextInt(0x10000);
    private int timestamp = ThreadLocalRandom.current().nextInt();
    private InetSocketAddress remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    private LineCodec codec = G711.PCMU;
    private int keyPayloadType = -1;
    private boolean sending;
    private boolean closed;
    private Alarm pace = () -> {};
    private long nextPacketNanos;
    private int packetsMade;
    private long sent;
    private long withheld;

    /** @param echo what is heard and goes out again with what is said; null where nothing does */
    RtpMouth(TimeSource time, IntPredicate dropped, DatagramSocket rtp, @Nullable DelayLine echo) {
        this.time = time;
        this.dropped = dropped;
        this.rtp = rtp;
        this.echo = echo;
    }

    private static final class Speaking {
        final Utterance utterance;
        final short[] pcm;
        final CompletableFuture<Boolean> said = new CompletableFuture<>();
        int packet;

        Speaking(Utterance utterance) {
            this.utterance = utterance;
            this.pcm = utterance.sound().at(8000).pcm();
        }
    }

    void direct(InetSocketAddress to, int payloadType, int keyEvents) {
        lock.lock();
        try {
            remote = to;
            if (codec.payloadType() != payloadType) {
                codec = LineCodec.of(payloadType).orElse(G711.PCMU);
            }
            keyPayloadType = keyEvents;
            if (!sending && !closed) {
                sending = true;
                nextPacketNanos = time.nanoTime();
                pace = time.schedule(Duration.ZERO, this::tick);
            }
        } finally {
            lock.unlock();
        }
    }

    CompletableFuture<Boolean> say(Utterance utterance) {
        Speaking speaking = new Speaking(utterance);
        lock.lock();
        try {
            if (closed) {
                speaking.said.complete(false);
            } else {
                queue.addLast(speaking);
            }
        } finally {
            lock.unlock();
        }
        return speaking.said;
    }

    void press(String digits) {
        lock.lock();
        try {
            keys.press(digits);
        } finally {
            lock.unlock();
        }
    }

    private void tick() {
        Speaking finished = null;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (keys.pressing() && keyPayloadType >= 0) {
                keyPacket();
            } else {
                finished = soundPacket();
            }
            packetsMade++;
            timestamp += PACKET_SAMPLES;
            nextPacketNanos += PACKET_NANOS;
            long waitNanos = Math.max(0, nextPacketNanos - time.nanoTime());
            pace = time.schedule(Duration.ofNanos(waitNanos), this::tick);
        } finally {
            lock.unlock();
        }
        if (finished != null) {
            finished.said.complete(true);
        }
    }

    private @Nullable Speaking soundPacket() {
        ByteBuffer packet = packet(codec.payloadType(), false, timestamp, PACKET_SAMPLES);
        Speaking speaking = queue.peekFirst();
        boolean hold = false;
        short[] pcm = new short[PACKET_SAMPLES];
        for (int i = 0; i < PACKET_SAMPLES; i++) {
            int at = speaking == null ? 0 : speaking.packet * PACKET_SAMPLES + i;
            pcm[i] = speaking == null || at >= speaking.pcm.length ? 0 : speaking.pcm[at];
        }
        codec.encode(echo == null ? pcm : echo.over(pcm), packet);
        long nowNanos = time.nanoTime();
        if (speaking != null && speaking.packet == 0) {
            spoken.add(new SpokenUtterance(speaking.utterance, said.end(), nowNanos));
        }
        said.add(ssrc, sequence - 1, timestamp, pcm, nowNanos);
        Speaking finished = null;
        if (speaking != null) {
            hold = speaking.utterance.withheld(speaking.packet);
            speaking.packet++;
            if (speaking.packet * PACKET_SAMPLES >= speaking.pcm.length) {
                finished = queue.removeFirst();
            }
        }
        send(packet, hold);
        return finished;
    }

    private void keyPacket() {
        boolean first = keys.firstPacketOfKey();
        int keyDown = timestamp - keys.samplesSinceKeyDown();
        ByteBuffer packet = packet(keyPayloadType, first, keyDown, KeyPresses.PAYLOAD_BYTES);
        if (keys.nextPacket(packet)) {
            send(packet, false);
        }
    }

    //  0                   1                   2                   3
    //  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    // |V=2|P|X|  CC   |M|     PT      |       sequence number         |
    // |                           timestamp                           |
    // |           synchronization source (SSRC) identifier            |   RFC 3550 §5.1
    private ByteBuffer packet(int payloadType, boolean marker, int stamp, int payloadBytes) {
        ByteBuffer packet = ByteBuffer.allocate(HEADER_BYTES + payloadBytes);
        packet.put((byte) 0x80).put((byte) ((marker ? 0x80 : 0) | payloadType));
        packet.putShort((short) sequence++).putInt(stamp).putInt(ssrc);
        return packet;
    }

    private void send(ByteBuffer packet, boolean hold) {
        if (hold || dropped.test(packetsMade)) {
            withheld++;
            return;
        }
        byte[] datagram = new byte[packet.position()];
        packet.get(0, datagram);
        try {
            rtp.send(new DatagramPacket(datagram, datagram.length, remote));
            sent++;
        } catch (IOException e) {
            // The other side's port may be gone already; the call's end will tell.
            withheld++;
        }
    }

    WireSound said() {
        lock.lock();
        try {
            return said.onWire();
        } finally {
            lock.unlock();
        }
    }

    List<SpokenUtterance> spoken() {
        lock.lock();
        try {
            return List.copyOf(spoken);
        } finally {
            lock.unlock();
        }
    }

    long sent() {
        lock.lock();
        try {
            return sent;
        } finally {
            lock.unlock();
        }
    }

    long withheld() {
        lock.lock();
        try {
            return withheld;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        List<Speaking> unsaid;
        lock.lock();
        try {
            closed = true;
            pace.cancel();
            unsaid = List.copyOf(queue);
            queue.clear();
        } finally {
            lock.unlock();
        }
        unsaid.forEach(speaking -> speaking.said.complete(false));
    }
}
