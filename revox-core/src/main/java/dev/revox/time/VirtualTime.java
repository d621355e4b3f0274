package dev.revox.time;

import java.time.Duration;

/**
 * Time that somebody moves: whoever would wait for an alarm with the thread that drives the world moves it along instead.
 *
 * <p><b>Thread:</b> Thread-safe, but deterministic only when one thread drives it.
 */
public interface VirtualTime extends TimeSource {

    /** Moves time forward, running what becomes due on the way at its own moment. May be called from within such an action. */
    void advance(Duration by);

    @Override
    default void aboutToWait(Duration longest) {
        advance(longest);
    }
}
