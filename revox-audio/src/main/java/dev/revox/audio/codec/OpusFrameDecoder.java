package dev.revox.audio.codec;

import dev.revox.audio.codec.opus.OpusDecoding;
import dev.revox.audio.codec.opus.OpusLibrary;
import dev.revox.audio.codec.opus.OpusPacket;
import java.util.Arrays;

/**
 * Opus payloads to PCM at 16 kHz.
 *
 * <p>16 kHz, not 48: it is what the ear's readers want, and costs half.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> RFC 7587, RFC 6716.
 */
final class OpusFrameDecoder implements FrameDecoder {

    private static final int RATE_HZ = 16_000;
    private static final int TICKS_PER_SAMPLE = OpusPacket.CLOCK_HZ / RATE_HZ;

    /** Opus makes up sound in multiples of 2.5 ms. */
    private static final int QUANTUM = RATE_HZ / 400;

    private static final int MAX_CONCEAL = RATE_HZ / 1000 * 60;

    private final OpusDecoding decoder;
    private long malformed;

    OpusFrameDecoder(OpusLibrary library) {
        decoder = library.decoder(RATE_HZ);
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
        int samples = ticks < 0
                ? -1
                : decoder.decode(packet, offset, length, out, outOffset, ticks / TICKS_PER_SAMPLE, false);
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
            if (decoder.decode(null, 0, 0, out, outOffset + done, part, false) != part) {
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
        return Math.max(0, decoder.decode(nextPacket, offset, length, out, outOffset, samples, true));
    }

    @Override
    public long malformedPackets() {
        return malformed;
    }

    @Override
    public void reset() {
        decoder.reset();
    }

    @Override
    public void close() {
        decoder.close();
    }
}
