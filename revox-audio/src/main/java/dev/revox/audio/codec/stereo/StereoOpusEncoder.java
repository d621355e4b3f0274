package dev.revox.audio.codec.stereo;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;

/**
 * PCM of two channels to Opus packets of 20 ms.
 *
 * <p><b>Thread:</b> Confined to its owner; allocates with every packet. <b>Spec:</b> RFC 6716.
 */
public final class StereoOpusEncoder {

    /** The most bytes in a packet. */
    public static final int MAX_BYTES = 1275;

    public static final int FRAME_MS = 20;

    private static final int BITS_PER_SECOND = 32_000;
    private static final int COMPLEXITY = 2;

    private final OpusEncoder encoder;
    private final int frameSamples;

    /** For 8, 12, 16, 24 or 48 kHz. */
    public StereoOpusEncoder(int sampleRateHz) {
        try {
            encoder = new OpusEncoder(sampleRateHz, 2, OpusApplication.OPUS_APPLICATION_VOIP);
        } catch (OpusException e) {
            throw new IllegalArgumentException("Opus cannot have " + sampleRateHz + " Hz", e);
        }
        encoder.setBitrate(BITS_PER_SECOND);
        encoder.setComplexity(COMPLEXITY);
        // Both sides are people of their own: what they have in common must not be taken for a place between them.
        encoder.setForceChannels(2);
        frameSamples = sampleRateHz / 1000 * FRAME_MS;
    }

    /** Samples per channel in a packet. */
    public int frameSamples() {
        return frameSamples;
    }

    /** Samples per channel, at the encoder's rate, by which decoded sound comes late. */
    public int delaySamples() {
        return encoder.getLookahead();
    }

    /** Encodes one packet. @return its length */
    public int encode(short[] interleaved, int offset, byte[] out) {
        try {
            return encoder.encode(interleaved, offset, frameSamples, out, 0, Math.min(out.length, MAX_BYTES));
        } catch (OpusException e) {
            throw new IllegalStateException("Opus refused a frame of " + FRAME_MS + " ms", e);
        }
    }
}
