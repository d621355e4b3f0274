package dev.revox.agent.turn;

/**
 * The moving average of the pauses that one caller makes inside turns, and the endpointing delay that follows from it.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
final class PauseAverage {

    /** A delay of this many average pauses rarely cuts into the next word. */
    private static final double MARGIN = 1.3;

    private static final double WEIGHT = 0.3;

    private final long shortestNanos;
    private final long longestNanos;
    private double delayNanos;

    PauseAverage(long initialDelayNanos, long shortestNanos, long longestNanos) {
        this.shortestNanos = shortestNanos;
        this.longestNanos = longestNanos;
        this.delayNanos = initialDelayNanos;
    }

    /** The caller paused for that long and then went on. */
    void paused(long nanos) {
        if (nanos > 0 && nanos <= longestNanos) {
            delayNanos += WEIGHT * (nanos * MARGIN - delayNanos);
        }
    }

    long delayNanos() {
        return Math.clamp((long) delayNanos, shortestNanos, longestNanos);
    }
}
