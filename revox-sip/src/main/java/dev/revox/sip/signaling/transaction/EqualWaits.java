package dev.revox.sip.signaling.transaction;

import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Many things that wait equally long: first in, first out, one alarm for all of them. An alarm for each would cost more than the request
 * that it is for.
 *
 * <p>A wait ends up to a sixteenth late, never early.
 *
 * <p><b>Thread:</b> Thread-safe; {@code over} runs on the alarms' thread.
 */
public final class EqualWaits<T> {

    private record Waiting<T>(T what, long dueNanos) {}

    private static final int LATE_PARTS = 16;

    private final TimeSource time;
    private final Duration wait;
    private final Consumer<T> over;
    private final Queue<Waiting<T>> queue = new ArrayDeque<>();
    private boolean armed;
    private Alarm alarm = () -> {};
    private boolean closed;

    /**
     * None yet.
     *
     * @param over told of each whose wait is over
     */
    public EqualWaits(TimeSource time, Duration wait, Consumer<T> over) {
        this.time = time;
        this.wait = wait;
        this.over = over;
    }

    public synchronized void add(T what) {
        if (!closed) {
            queue.add(new Waiting<>(what, time.nanoTime() + wait.toNanos()));
            arm(wait);
        }
    }

    private void arm(Duration delay) {
        if (!armed) {
            armed = true;
            alarm = time.schedule(delay, this::ring);
        }
    }

    private void ring() {
        List<T> due = new ArrayList<>();
        synchronized (this) {
            armed = false;
            long now = time.nanoTime();
            for (Waiting<T> first = queue.peek(); first != null && now - first.dueNanos() >= 0; first = queue.peek()) {
                due.add(first.what());
                queue.remove();
            }
            Waiting<T> next = queue.peek();
            if (next != null) {
                arm(Duration.ofNanos(Math.max(next.dueNanos() - now, wait.toNanos() / LATE_PARTS)));
            }
        }
        due.forEach(over);
    }

    synchronized void close() {
        closed = true;
        queue.clear();
        alarm.cancel();
    }
}
