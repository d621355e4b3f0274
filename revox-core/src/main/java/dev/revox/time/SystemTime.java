package dev.revox.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The machine's own clocks, and one daemon thread that rings alarms.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class SystemTime implements TimeSource, AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.revox.time");

    private final ScheduledThreadPoolExecutor alarms;

    private SystemTime() {
        alarms = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "revox-alarms");
            thread.setDaemon(true);
            return thread;
        });
        alarms.setRemoveOnCancelPolicy(true);
        alarms.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    public static SystemTime start() {
        return new SystemTime();
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Alarm schedule(Duration delay, Runnable action) {
        if (alarms.isShutdown()) {
            return () -> {};
        }
        ScheduledFuture<?> ring = alarms.schedule(() -> run(action), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> ring.cancel(false);
    }

    // An alarm that throws must not take the others with it, nor disappear without a word.
    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "an alarm failed", e);
        }
    }

    /** Forgets all pending alarms. */
    @Override
    public void close() {
        alarms.shutdownNow();
    }
}
