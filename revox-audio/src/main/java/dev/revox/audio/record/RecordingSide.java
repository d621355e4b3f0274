package dev.revox.audio.record;

import dev.revox.audio.resample.Resampler;
import org.jspecify.annotations.Nullable;

/**
 * One side's way into a recording: its samples at the recording's rate, on the recording's clock.
 *
 * <p><b>Thread:</b> Confined to the media loop.
 */
public final class RecordingSide {

    private final StereoRecorder recorder;
    private final boolean ours;
    private final long startNanos;
    private final int maxPieceMs;
    private int conversionFromHz;
    private @Nullable Resampler conversion;
    private short[] converted = new short[0];

    /**
     * Begins at {@code startNanos}.
     *
     * @param ours our own speech, else the other side's
     * @param maxPieceMs the longest sound that is added at once
     */
    public RecordingSide(StereoRecorder recorder, boolean ours, long startNanos, int maxPieceMs) {
        this.recorder = recorder;
        this.ours = ours;
        this.startNanos = startNanos;
        this.maxPieceMs = maxPieceMs;
    }

    /** When the recording began. */
    public long startNanos() {
        return startNanos;
    }

    /** Adds sound of the line. {@code sampleTime} counts samples of the line since the recording's start. */
    public void write(short[] pcm, int offset, int samples, int lineRateHz, long sampleTime) {
        int rateHz = recorder.sampleRateHz();
        if (lineRateHz == rateHz) {
            put(pcm, offset, samples, sampleTime);
            return;
        }
        Resampler current = conversion;
        int most = maxPieceMs * lineRateHz / 1000;
        if (current == null || conversionFromHz != lineRateHz) {
            // Once per change of the line's codec, not per frame.
            current = new Resampler(lineRateHz, rateHz, most);
            converted = new short[current.maxOut(most) + 1];
            conversionFromHz = lineRateHz;
            conversion = current;
        }
        int produced = current.process(pcm, offset, samples, converted, 0);
        put(converted, 0, produced, sampleTime * rateHz / lineRateHz);
    }

    private void put(short[] pcm, int offset, int samples, long sampleTime) {
        if (ours) {
            recorder.ourSide(pcm, offset, samples, sampleTime);
        } else {
            recorder.otherSide(pcm, offset, samples, sampleTime);
        }
    }
}
