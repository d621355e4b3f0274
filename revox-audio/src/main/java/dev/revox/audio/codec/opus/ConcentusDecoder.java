package dev.revox.audio.codec.opus;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import org.jspecify.annotations.Nullable;

/**
 * A decoder of Concentus, which allocates 5-8 KB per frame.
 *
 * <p><b>Thread:</b> As {@link OpusDecoding}.
 */
final class ConcentusDecoder implements OpusDecoding {

    private final OpusDecoder decoder;

    ConcentusDecoder(int sampleRateHz) {
        try {
            decoder = new OpusDecoder(sampleRateHz, 1);
        } catch (OpusException e) {
            throw new IllegalArgumentException("Opus cannot have " + sampleRateHz + " Hz", e);
        }
    }

    /** Hostile packets raise unchecked exceptions and assertion errors inside the decoder and may leave it in any state. */
    @Override
    public int decode(
            byte @Nullable [] packet, int offset, int length, short[] out, int outOffset, int samples, boolean fec) {
        try {
            return decoder.decode(packet, offset, length, out, outOffset, samples, fec);
        } catch (OpusException
                | AssertionError
                | IndexOutOfBoundsException
                | ArithmeticException
                | IllegalArgumentException e) {
            decoder.resetState();
            return -1;
        }
    }

    @Override
    public void reset() {
        decoder.resetState();
    }

    @Override
    public void close() {}
}
