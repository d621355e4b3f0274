package dev.revox.audio.codec;

/**
 * PCM to L16 payloads: the samples as they are, the higher octet first.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> RFC 3551 §4.5.11.
 */
final class L16Encoder implements FrameEncoder {

    private final int rateHz;

    L16Encoder(int rateHz) {
        this.rateHz = rateHz;
    }

    @Override
    public int clockRateHz() {
        return rateHz;
    }

    @Override
    public int sampleRateHz() {
        return rateHz;
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        for (int i = 0; i < samples; i++) {
            short sample = pcm[offset + i];
            out[outOffset + 2 * i] = (byte) (sample >> 8);
            out[outOffset + 2 * i + 1] = (byte) sample;
        }
        return 2 * samples;
    }

    @Override
    public void reset() {}

    @Override
    public void close() {}
}
