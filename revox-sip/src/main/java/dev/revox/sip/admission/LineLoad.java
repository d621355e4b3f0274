package dev.revox.sip.admission;

import dev.revox.time.TimeSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Whether the line is so far behind with its work that one more call would be a bad one: how many calls a machine carries is not known
 * beforehand, so the work itself tells.
 *
 * <p>Behind is a line on which a new call lately waited {@value #LONGEST_WAIT_MS} ms for a thread, or waits for longer now; and one whose
 * media loops gave up more than one frame of ten in the last second. One stall, of a garbage collector for example, is not enough.
 *
 * <p><b>Thread:</b> Thread-safe. <b>Units:</b> engine time.
 */
public final class LineLoad {

    private static final long LONGEST_WAIT_MS = 250;
    private static final long NANOS_PER_MS = 1_000_000L;
    /** So long a line that was behind is left in peace; then one call shows whether it still is. */
    private static final long PEACE_NANOS = 1_000 * NANOS_PER_MS;

    private static final double MOST_GIVEN_UP = 0.1;
    private static final double FRAMES_PER_NANO = 1 / (20.0 * NANOS_PER_MS);

    private final TimeSource time;
    private final LongSupplier framesGivenUp;
    private final IntSupplier liveCalls;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile long progressNanos;
    private volatile long peaceUntilNanos;

    private long lookedNanos;
    private long givenUpThen;
    private int liveThen;
    private boolean framesLate;

    /**
     * Watches a line.
     *
     * @param framesGivenUp frames of 20 ms that were never sent because it was too late for them; only grows
     * @param liveCalls calls that send frames now
     */
    public LineLoad(TimeSource time, LongSupplier framesGivenUp, IntSupplier liveCalls) {
        this.time = time;
        this.framesGivenUp = framesGivenUp;
        this.liveCalls = liveCalls;
        lookedNanos = time.nanoTime();
        progressNanos = lookedNanos;
        peaceUntilNanos = lookedNanos;
        givenUpThen = framesGivenUp.getAsLong();
    }

    /** A new call's first step, which is about to wait for a thread: for how long is watched from now on. */
    public Runnable waits(Runnable firstStep) {
        long arrivedNanos = time.nanoTime();
        if (waiting.getAndIncrement() == 0) {
            progressNanos = arrivedNanos;
        }
        return () -> {
            begun(arrivedNanos, time.nanoTime());
            firstStep.run();
        };
    }

    private void begun(long arrivedNanos, long nowNanos) {
        waiting.decrementAndGet();
        progressNanos = nowNanos;
        if (nowNanos - arrivedNanos > LONGEST_WAIT_MS * NANOS_PER_MS) {
            peaceUntilNanos = nowNanos + PEACE_NANOS;
        }
    }

    /** Whether a new call is better turned away. */
    public boolean behind() {
        long nowNanos = time.nanoTime();
        boolean waited = nowNanos - peaceUntilNanos < 0;
        boolean waits = waiting.get() > 0 && nowNanos - progressNanos > LONGEST_WAIT_MS * NANOS_PER_MS;
        return waited || waits || framesLate(nowNanos);
    }

    private synchronized boolean framesLate(long nowNanos) {
        long sinceNanos = nowNanos - lookedNanos;
        if (sinceNanos >= PEACE_NANOS) {
            long givenUp = framesGivenUp.getAsLong();
            int liveNow = liveCalls.getAsInt();
            // The last look may be a busy minute ago, whose calls are over: their lost frames are not those of the few
            // that are up.
            double due = sinceNanos * FRAMES_PER_NANO * Math.max(1, Math.max(liveThen, liveNow));
            framesLate = givenUp - givenUpThen > MOST_GIVEN_UP * due;
            givenUpThen = givenUp;
            liveThen = liveNow;
            lookedNanos = nowNanos;
        }
        return framesLate;
    }
}
