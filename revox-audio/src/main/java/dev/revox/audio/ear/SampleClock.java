package dev.revox.audio.ear;

/**
 * The sample clock of an ear: where on it each frame stands. It starts at the answer, follows the peer's timestamps, and is set
 * by arrival where a stream begins anew. It only goes forward.
 *
 * <p>Before the answer its numbers are negative, and their distance to the answer is not known yet.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Units:</b> samples at the line's rate.
 */
public final class SampleClock {

    private static final long BEFORE_THE_ANSWER_NANOS = 3_600_000_000_000L;

    /** Engine time of sample 0. */
    private long originNanos;

    private boolean anchored;
    private long anchorSamples;
    private long endSampleTime = Long.MIN_VALUE;

    /** Its sample 0 lies far ahead until the answer comes. */
    public SampleClock(long nowNanos) {
        originNanos = nowNanos + BEFORE_THE_ANSWER_NANOS;
    }

    /** Whole samples from one moment of engine time to another; negative backwards. */
    public static long samplesBetween(long fromNanos, long toNanos, int rateHz) {
        return Math.floorDiv((toNanos - fromNanos) / 1000 * rateHz, 1_000_000L);
    }

    /** The next frame's place comes from its arrival: its timestamps have nothing to do with those before. */
    public void anchorAgain() {
        anchored = false;
    }

    /** The line's rate is another from here on. */
    public void changeRate(int oldRateHz, int newRateHz) {
        endSampleTime = endSampleTime == Long.MIN_VALUE ? endSampleTime : endSampleTime * newRateHz / oldRateHz;
    }

    /** Sample 0 is now. @return how far the samples so far have moved back */
    public long answered(long nowNanos, int rateHz) {
        long shift = samplesBetween(originNanos, nowNanos, rateHz);
        anchorSamples -= shift;
        endSampleTime = endSampleTime == Long.MIN_VALUE ? endSampleTime : endSampleTime - shift;
        originNanos = nowNanos;
        return shift;
    }

    /** Sample 0 is now, and there is nothing to move. */
    public void startAt(long nowNanos) {
        originNanos = nowNanos;
    }

    /** The place of a frame's first sample. {@code mediaSamples} is its place by the peer's timestamps. */
    public long place(long mediaSamples, int samples, long arrivalNanos, int rateHz) {
        if (!anchored) {
            // The first sample of a frame was spoken one frame before the frame was there.
            long byArrival = samplesBetween(originNanos, arrivalNanos, rateHz) - samples;
            anchorSamples = Math.max(byArrival, endSampleTime) - mediaSamples;
            anchored = true;
        }
        long sampleTime = anchorSamples + mediaSamples;
        if (sampleTime < endSampleTime) {
            // Never back: a reader's clock only goes forward.
            anchorSamples += endSampleTime - sampleTime;
            sampleTime = endSampleTime;
        }
        endSampleTime = sampleTime + samples;
        return sampleTime;
    }

    /** Samples between the end of what was heard and a frame at this place by the peer's timestamps; 0 while that is open. */
    public long gapBefore(long mediaSamples) {
        return anchored ? anchorSamples + mediaSamples - endSampleTime : 0;
    }

    /** The place of so many samples right behind what was heard last. */
    public long append(int samples) {
        long sampleTime = endSampleTime;
        endSampleTime += samples;
        return sampleTime;
    }

    /** The samples from a moment to a place on this clock. */
    public long since(long startNanos, long sampleTime, int rateHz) {
        return sampleTime - samplesBetween(originNanos, startNanos, rateHz);
    }
}
