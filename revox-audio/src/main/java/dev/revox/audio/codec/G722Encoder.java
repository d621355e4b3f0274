package dev.revox.audio.codec;

import dev.revox.audio.codec.g722.G722Coder;

/**
 * PCM at 16 kHz to G.722 payloads.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> ITU-T G.722, RFC 3551 §4.5.2.
 */
final class G722Encoder implements FrameEncoder {

    private final G722Coder coder = new G722Coder();

    @Override
    public int clockRateHz() {
        return 8000;
    }

    @Override
    public int sampleRateHz() {
        return 16_000;
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        int bytes = samples / 2;
        for (int i = 0; i < bytes; i++) {
            out[outOffset + i] = coder.encode(pcm[offset + 2 * i], pcm[offset + 2 * i + 1]);
        }
        return bytes;
    }

    @Override
    public void reset() {
        coder.reset();
    }

    @Override
    public void close() {}
}
