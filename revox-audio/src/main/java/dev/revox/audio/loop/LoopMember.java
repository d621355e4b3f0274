package dev.revox.audio.loop;

/**
 * One leg's share of a {@link MediaLoop}.
 *
 * <p><b>Thread:</b> Confined to the media loop.
 */
public interface LoopMember {

    /** Called on each tick of the grid, before frames are sent: take in what has arrived. */
    void onTick(long nowNanos);

    /**
     * Called once per frame time.
     *
     * @param dueNanos the moment on the grid for which this frame was meant; {@code nowNanos} is later when the loop is late
     */
    void onFrameDue(long dueNanos, long nowNanos);

    /** The loop was so late that these frame times are given up; clocks of the wire go on. */
    void onFramesSkipped(int frames, long nowNanos);

    /** The time between two frames; a multiple of a millisecond, read again after each frame. */
    long framePeriodNanos();

    /** A method of this member threw, which is a defect; the member has been taken off the loop. */
    void onDefect(Throwable defect, long nowNanos);
}
