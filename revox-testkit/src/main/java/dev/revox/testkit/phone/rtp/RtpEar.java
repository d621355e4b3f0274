package dev.revox.testkit.phone.rtp;

import dev.revox.testkit.phone.codec.G711;
import dev.revox.testkit.phone.codec.LineCodec;
import dev.revox.testkit.voice.Sound;
import dev.revox.time.TimeSource;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half: decodes, records, and notices speech and keys.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class RtpEar {

    private static final int HEADER_BYTES = RtpMouth.HEADER_BYTES;
    /** Root mean square of a packet that holds speech; the silence of G.711 is below 10. */
    private static final double LOUD = 200;

    private final TimeSource time;
    private final @Nullable DelayLine echo;
    private final ReentrantLock lock = new ReentrantLock();
    private final WireTrack heard = new WireTrack();
    private final KeyPresses keys = new KeyPresses();
    private volatile Hearing hearing = Hearing.NOTHING;
    private LineCodec codec = G711.PCMU;
    private int keyPayloadType = -1;

    /** @param echo where what is heard goes back to the mouth; null where nothing does */
    RtpEar(TimeSource time, @Nullable DelayLine echo) {
        this.time = time;
        this.echo = echo;
    }

    void expectKeys(int payloadType) {
        lock.lock();
        try {
            keyPayloadType = payloadType;
        } finally {
            lock.unlock();
        }
    }

    void rtpCame(ByteBuffer packet) {
        if (packet.remaining() < HEADER_BYTES || (packet.get(0) & 0xC0) != 0x80) {
            return;
        }
        int payloadType = packet.get(1) & 0x7F;
        int payloadAt = HEADER_BYTES + 4 * (packet.get(0) & 0x0F);
        if (payloadAt > packet.limit()) {
            return;
        }
        lock.lock();
        try {
            long nowNanos = time.nanoTime();
            int stamp = packet.getInt(4);
            packet.position(payloadAt);
            if (payloadType == keyPayloadType) {
                if (packet.remaining() >= KeyPresses.PAYLOAD_BYTES) {
                    keys.hear(stamp, packet);
                }
                heard.add(packet.getInt(8), packet.getShort(2) & 0xFFFF, stamp, new short[0], nowNanos);
            } else if (knows(payloadType)) {
                short[] pcm = codec.decode(packet);
                heard.add(packet.getInt(8), packet.getShort(2) & 0xFFFF, stamp, pcm, nowNanos);
                noticeSpeech(pcm, nowNanos);
                if (echo != null) {
                    echo.hear(pcm);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean knows(int payloadType) {
        if (codec.payloadType() != payloadType) {
            Optional<LineCodec> other = LineCodec.of(payloadType);
            codec = other.orElse(codec);
            return other.isPresent();
        }
        return true;
    }

    private void noticeSpeech(short[] pcm, long nowNanos) {
        double power = 0;
        for (short sample : pcm) {
            power += (double) sample * sample / pcm.length;
        }
        if (Math.sqrt(power) >= LOUD) {
            hearing = hearing.loudAt(nowNanos);
        }
    }

    Hearing hearing() {
        return hearing;
    }

    Sound heard() {
        lock.lock();
        try {
            return heard.sound();
        } finally {
            lock.unlock();
        }
    }

    WireSound onWire() {
        lock.lock();
        try {
            return heard.onWire();
        } finally {
            lock.unlock();
        }
    }

    String keysHeard() {
        lock.lock();
        try {
            return keys.heard();
        } finally {
            lock.unlock();
        }
    }

    long received() {
        lock.lock();
        try {
            return heard.received();
        } finally {
            lock.unlock();
        }
    }

    long lost() {
        lock.lock();
        try {
            return heard.lost();
        } finally {
            lock.unlock();
        }
    }
}
