package dev.revox.audio.codec;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Opus payloads to PCM at 16 kHz.
 *
 * <p>16 kHz, not 48: it is what the ear's readers want, and costs half. Concentus allocates 5-8 KB per frame; this class
 * allocates nothing.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> RFC 7587, RFC 6716.
 */
final class OpusFrameDecoder implements FrameDecoder {

    private static final int RATE_HZ = 16_000;
    private static final int TICKS_PER_SAMPLE = OpusPacket.CLOCK_HZ / RATE_HZ;

    /** Opus makes up sound in multiples of 2.5 ms. */
    private static final int QUANTUM = RATE_HZ / 400;

    private static final int MAX_CONCEAL = RATE_HZ / 1000 * 60;

    private final OpusDecoder decoder;
    private long malformed;

    OpusFrameDecoder() {
        try {
            decoder = new OpusDecoder(RATE_HZ, 1);
        } catch (OpusException e) {
            throw new IllegalStateException("Opus decoder refused 16 kHz mono", e);
        }
    }

    @Override
    public int clockRateHz() {
        return OpusPacket.CLOCK_HZ;
    }

    @Override
    public int sampleRateHz() {
        return RATE_HZ;
    }

    @Override
    public int decode(byte[] packet, int offset, int length, short[] out, int outOffset) {
        int ticks = OpusPacket.ticks(packet, offset, length);
        int samples =
                ticks < 0 ? -1 : decodeOrReset(packet, offset, length, out, outOffset, ticks / TICKS_PER_SAMPLE, false);
        if (samples <= 0) {
            malformed++;
            return -1;
        }
        return samples;
    }

    @Override
    public int ticks(byte[] packet, int offset, int length) {
        return OpusPacket.ticks(packet, offset, length);
    }

    @Override
    public void conceal(short[] out, int outOffset, int samples) {
        int done = 0;
        while (samples - done >= QUANTUM) {
            int part = Math.min(MAX_CONCEAL, (samples - done) / QUANTUM * QUANTUM);
            if (decodeOrReset(null, 0, 0, out, outOffset + done, part, false) != part) {
                break;
            }
            done += part;
        }
        Arrays.fill(out, outOffset + done, outOffset + samples, (short) 0);
    }

    @Override
    public int decodeFec(byte[] nextPacket, int offset, int length, short[] out, int outOffset, int samples) {
        int ticks = OpusPacket.ticks(nextPacket, offset, length);
        if (ticks < 0 || samples % QUANTUM != 0 || !OpusPacket.hasRedundancy(nextPacket, offset, length)) {
            return 0;
        }
        int frameSamples = OpusPacket.frameTicks(nextPacket[offset]) / TICKS_PER_SAMPLE;
        if (samples < frameSamples || samples > RATE_HZ / 1000 * MAX_PACKET_MS) {
            return 0;
        }
        return Math.max(0, decodeOrReset(nextPacket, offset, length, out, outOffset, samples, true));
    }

    @Override
    public long malformedPackets() {
        return malformed;
    }

    @Override
    public void reset() {
        decoder.resetState();
    }

    @Override
    public void close() {}

    /** Hostile packets raise unchecked exceptions and assertion errors inside the decoder and may leave it in any state. */
    private int decodeOrReset(
            byte @Nullable [] packet, int offset, int length, short[] out, int outOffset, int samples, boolean fec) {
        try {
            return decoder.decode(packet, offset, length, out, outOffset, samples, fec);
        } catch (OpusException | AssertionError | IndexOutOfBoundsException | ArithmeticException e) {
            decoder.resetState();
            return -1;
        }
    }
}
