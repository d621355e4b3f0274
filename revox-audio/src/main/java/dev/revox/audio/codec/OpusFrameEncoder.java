package dev.revox.audio.codec;

import dev.revox.audio.codec.opus.OpusEncoding;
import dev.revox.audio.codec.opus.OpusLibrary;
import dev.revox.audio.codec.opus.OpusPacket;
import dev.revox.audio.codec.opus.OpusVoice;

/**
 * PCM at 16 kHz to Opus payloads: wideband voice with in-band redundancy.
 *
 * <p>Complexity {@value #COMPLEXITY}: above it an encoder costs more than the ear hears on a telephone.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> RFC 7587 §3.1.1, RFC 6716.
 */
final class OpusFrameEncoder implements FrameEncoder {

    private static final int COMPLEXITY = 5;
    private static final int RATE_HZ = 16_000;

    /** With 24 000, libopus finds that a wide band and redundancy for 5 % loss do not both fit, and leaves the latter out. */
    private static final int BITRATE = 26_000;

    private static final int EXPECTED_LOSS_PERCENT = 5;

    private final OpusEncoding encoder;

    OpusFrameEncoder(OpusLibrary library) {
        encoder = library.encoder(new OpusVoice(RATE_HZ, BITRATE, COMPLEXITY, EXPECTED_LOSS_PERCENT));
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
    public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        return encoder.encode(pcm, offset, samples, out, outOffset);
    }

    @Override
    public void reset() {
        encoder.reset();
    }

    @Override
    public void close() {
        encoder.close();
    }
}
