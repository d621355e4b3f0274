package dev.revox.audio.loop;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How late frames left against their moment on the grid: counts in steps of 50 µs up to 100 ms.
 *
 * <p><b>Thread:</b> One writer; any reader sees a recent state.
 */
public final class LatenessCounter {

    private static final long STEP_NANOS = 50_000L;
    private static final int STEPS = 2_000;

    private final AtomicLongArray counts = new AtomicLongArray(STEPS + 1);
    private volatile long maxNanos;

    void record(long latenessNanos) {
        int step = (int) Math.min(STEPS, Math.max(0, latenessNanos) / STEP_NANOS);
        counts.lazySet(step, counts.get(step) + 1);
        if (latenessNanos > maxNanos) {
            maxNanos = latenessNanos;
        }
    }

    public long frames() {
        long total = 0;
        for (int i = 0; i <= STEPS; i++) {
            total += counts.get(i);
        }
        return total;
    }

    /** The greatest lateness seen. */
    public long maxNanos() {
        return maxNanos;
    }

    /** The lateness that the given part of all frames (0..1) did not exceed, rounded up to 50 µs. */
    public long quantileNanos(double quantile) {
        long total = frames();
        long rank = (long) Math.ceil(total * quantile);
        long seen = 0;
        for (int i = 0; i <= STEPS; i++) {
            seen += counts.get(i);
            if (seen >= rank && seen > 0) {
                return i == STEPS ? maxNanos : (i + 1) * STEP_NANOS;
            }
        }
        return 0;
    }

    /** Takes an earlier state of these counts away; the greatest lateness stays that of all time. */
    public void subtract(LatenessCounter earlier) {
        for (int i = 0; i <= STEPS; i++) {
            counts.addAndGet(i, -earlier.counts.get(i));
        }
    }

    /** Adds another loop's counts to these. */
    public void add(LatenessCounter other) {
        for (int i = 0; i <= STEPS; i++) {
            counts.addAndGet(i, other.counts.get(i));
        }
        maxNanos = Math.max(maxNanos, other.maxNanos);
    }
}
