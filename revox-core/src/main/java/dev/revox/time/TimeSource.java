package dev.revox.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The only way for Revox to learn what time it is, or to be woken later.
 *
 * <p>Wall time ({@link #instant()}) is for calendars and records; {@link #nanoTime()} is for deadlines and latencies and
 * never jumps. Tests replace it with virtual time, so nothing else in the code base reads a clock or waits on one.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public interface TimeSource extends InstantSource {

    /** Monotonic nanoseconds from an arbitrary origin. */
    long nanoTime();

    /**
     * Runs an action once after a delay.
     *
     * @param action must be short and must not block: it posts to a mailbox or starts a task
     */
    Alarm schedule(Duration delay, Runnable action);

    /**
     * Called by a thread before it waits for something that may take this long. Real time passes by itself; virtual time stands
     * still while the thread that drives it waits, and is moved on here.
     */
    default void aboutToWait(Duration longest) {}

    @Override
    Instant instant();
}
