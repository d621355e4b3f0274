package dev.revox.audio.ear;

import dev.revox.audio.resample.Resampler;
import dev.revox.audio.ring.PcmRing;
import dev.revox.media.Ear;
import dev.revox.media.EarFrame;
import org.jspecify.annotations.Nullable;

/**
 * One reader's end of the ear: its ring, and the conversion when the line runs at another rate than this ear was opened with.
 *
 * <p><b>Thread:</b> {@link Ear}'s methods belong to its reader, the others to the media loop.
 */
public final class EarOutlet implements Ear {

    /** About 8 s at 8 kHz, 4 s at 16 kHz. */
    private static final int RING_SAMPLES = 1 << 16;

    private final PcmRing ring = new PcmRing(RING_SAMPLES);
    private final int rateHz;
    private final int maxPieceMs;
    private volatile boolean closed;

    private int conversionFromHz;
    private @Nullable Resampler conversion;
    private short[] converted = new short[0];

    /**
     * An ear that hears at {@code rateHz}.
     *
     * @param maxPieceMs the longest sound that is written at once
     */
    public EarOutlet(int rateHz, int maxPieceMs) {
        this.rateHz = rateHz;
        this.maxPieceMs = maxPieceMs;
    }

    /** Loop only. */
    public void write(short[] pcm, int offset, int samples, int lineRateHz, long sampleTime, int flags) {
        if (lineRateHz == rateHz) {
            boolean unused = ring.write(pcm, offset, samples, sampleTime, flags);
            return;
        }
        Resampler current = conversion;
        if (current == null || conversionFromHz != lineRateHz) {
            // Once per change of the line's codec, not per frame.
            current = new Resampler(lineRateHz, rateHz, maxPieceMs * lineRateHz / 1000);
            converted = new short[current.maxOut(maxPieceMs * lineRateHz / 1000) + 1];
            conversionFromHz = lineRateHz;
            conversion = current;
        }
        int produced = current.process(pcm, offset, samples, converted, 0);
        boolean unused = ring.write(converted, 0, produced, sampleTime * rateHz / lineRateHz, flags);
    }

    /** Loop only: what is left can still be read. */
    public void finish() {
        ring.finish();
    }

    /** True once the reader has gone. */
    public boolean closed() {
        return closed;
    }

    @Override
    public int sampleRateHz() {
        return rateHz;
    }

    @Override
    public int read(short[] into, int offset, EarFrame frame) {
        return closed ? -1 : ring.read(into, offset, frame);
    }

    @Override
    public long droppedSamples() {
        return ring.droppedSamples();
    }

    @Override
    public void close() {
        closed = true;
    }
}
