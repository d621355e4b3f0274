package dev.revox.agent.stream;

import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A deadline that moves on with every sign of life, at the price of two fields per sign: the alarm itself is only set again
 * when it rings too early.
 *
 * <p><b>Thread:</b> Thread-safe. {@code onExpiry} runs on the time source's thread, at most once, and must not block.
 */
public final class Watchdog {

    private final TimeSource time;
    private final Runnable onExpiry;

    private boolean watching;
    private boolean over;
    private long limitNanos;
    private long deadlineNanos;
    private long ringNanos;
    private @Nullable Alarm alarm;

    public Watchdog(TimeSource time, Runnable onExpiry) {
        this.time = time;
        this.onExpiry = onExpiry;
    }

    /** Something must happen within this limit from now, and again after each {@link #alive()}. */
    public synchronized void expectWithin(Duration limit) {
        if (over) {
            return;
        }
        watching = true;
        limitNanos = limit.toNanos();
        deadlineNanos = time.nanoTime() + limitNanos;
        if (alarm == null || ringNanos - deadlineNanos > 0) {
            set(limitNanos);
        }
    }

    /** Something happened. */
    public synchronized void alive() {
        deadlineNanos = time.nanoTime() + limitNanos;
    }

    /** Nothing is expected until {@link #expectWithin} is called again. */
    public synchronized void rest() {
        watching = false;
    }

    /** Nothing will be expected any more. */
    public synchronized void stop() {
        over = true;
        if (alarm != null) {
            alarm.cancel();
        }
    }

    private void set(long delayNanos) {
        if (alarm != null) {
            alarm.cancel();
        }
        ringNanos = time.nanoTime() + delayNanos;
        alarm = time.schedule(Duration.ofNanos(delayNanos), this::ring);
    }

    private void ring() {
        synchronized (this) {
            alarm = null;
            if (over || !watching) {
                return;
            }
            long leftNanos = deadlineNanos - time.nanoTime();
            if (leftNanos > 0) {
                set(leftNanos);
                return;
            }
            over = true;
        }
        onExpiry.run();
    }
}
