package dev.revox.media;

/**
 * A detector that sees every frame of the machine's ear on the media loop: tones, beeps, answer classifier.
 *
 * <p><b>Thread:</b> Confined to the media loop; must not block, lock, log or allocate.
 */
public interface EarTap {

    /**
     * One frame.
     *
     * @param sampleTime samples since the answer at {@code sampleRateHz}
     * @param flags see {@link EarFrame}
     */
    void onFrame(short[] pcm, int offset, int samples, int sampleRateHz, long sampleTime, int flags, Sink sink);

    /** Where a tap reports; becomes {@code LegEvent.Tapped} in the call's mailbox. */
    @FunctionalInterface
    interface Sink {
        void emit(int code, long value);
    }
}
