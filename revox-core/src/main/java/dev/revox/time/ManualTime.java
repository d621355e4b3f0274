package dev.revox.time;

import java.time.Duration;
import java.time.Instant;
import java.util.TreeSet;
import java.util.concurrent.Executor;

/**
 * Time that stands still until it is told to move: for tests and simulations.
 *
 * <p>{@link #advance} walks from alarm to alarm, so a day of retries takes milliseconds and every run is the same. It is also
 * an {@link Executor} whose tasks run, in order, whenever time is asked to move or {@link #settle()} is called: give it to
 * whatever would otherwise start a thread, and one thread drives the whole world.
 *
 * <p><b>Thread:</b> Thread-safe, but deterministic only when one thread drives it.
 */
public final class ManualTime implements VirtualTime, Executor {

    private record Pending(long dueNanos, long sequence, Runnable action) implements Comparable<Pending> {
        @Override
        public int compareTo(Pending other) {
            int byTime = Long.compare(dueNanos, other.dueNanos);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    private final Instant origin;
    private final TreeSet<Pending> pending = new TreeSet<>();
    private long nowNanos;
    private long sequence;

    private ManualTime(Instant origin) {
        this.origin = origin;
    }

    /** Starts at an instant; {@link #nanoTime()} starts at zero. */
    public static ManualTime startingAt(Instant origin) {
        return new ManualTime(origin);
    }

    @Override
    public synchronized Instant instant() {
        return origin.plusNanos(nowNanos);
    }

    @Override
    public synchronized long nanoTime() {
        return nowNanos;
    }

    @Override
    public synchronized Alarm schedule(Duration delay, Runnable action) {
        Pending entry = new Pending(nowNanos + Math.max(0, delay.toNanos()), sequence++, action);
        pending.add(entry);
        return () -> {
            synchronized (this) {
                pending.remove(entry);
            }
        };
    }

    /** Queues a task for now. */
    @Override
    public void execute(Runnable task) {
        Alarm unused = schedule(Duration.ZERO, task);
    }

    /** Runs everything that is due now, and what that makes due now. */
    public void settle() {
        advance(Duration.ZERO);
    }

    @Override
    public void advance(Duration by) {
        long target;
        synchronized (this) {
            target = nowNanos + by.toNanos();
        }
        while (true) {
            Runnable action;
            synchronized (this) {
                Pending next = pending.isEmpty() ? null : pending.first();
                if (next == null || next.dueNanos > target) {
                    nowNanos = Math.max(nowNanos, target);
                    return;
                }
                pending.remove(next);
                nowNanos = Math.max(nowNanos, next.dueNanos);
                action = next.action;
            }
            action.run();
        }
    }

    /** Alarms and tasks that have not run. */
    public synchronized int pendingCount() {
        return pending.size();
    }
}
