package dev.revox.audio.loop;

import dev.revox.time.TimeSource;
import java.util.concurrent.locks.LockSupport;

/**
 * How a media loop sleeps until a moment on its grid.
 *
 * <p><b>Thread:</b> Confined to the media loop.
 */
@FunctionalInterface
public interface LoopWaiter {

    /** Returns at or soon after {@code deadlineNanos}, or earlier when the thread is unparked. */
    void waitUntil(long deadlineNanos);

    /**
     * Parks the thread for what is left of the tick. A park ends within about 60 µs of its deadline on Linux, so an absolute
     * grid is kept without spinning.
     */
    static LoopWaiter parking(TimeSource time) {
        return deadlineNanos -> {
            long left = deadlineNanos - time.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(left);
            }
        };
    }
}
