package dev.revox.audio.codec;

/**
 * PCM at 8 kHz to G.711 payloads.
 *
 * <p><b>Thread:</b> Confined to the media loop.
 */
final class G711Encoder implements FrameEncoder {

    private final G711 law;

    G711Encoder(G711 law) {
        this.law = law;
    }

    @Override
    public int clockRateHz() {
        return 8000;
    }

    @Override
    public int sampleRateHz() {
        return 8000;
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        for (int i = 0; i < samples; i++) {
            out[outOffset + i] = law.encode(pcm[offset + i]);
        }
        return samples;
    }

    @Override
    public void reset() {}

    @Override
    public void close() {}
}
