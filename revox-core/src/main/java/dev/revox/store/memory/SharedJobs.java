package dev.revox.store.memory;

import dev.revox.job.Job;
import dev.revox.job.JobScheduler;
import dev.revox.order.OrderKey;
import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that live as long as the process. One alarm is set for all of them, with one engine after the other; whoever it rings at
 * takes what is due then.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class SharedJobs {
    /** A longer wait is walked in steps, so that no number of nanoseconds overflows. */
    private static final Duration LONGEST_ALARM = Duration.ofDays(30);

    private record Subject(Job.Kind kind, OrderKey order, String subject) {
        static Subject of(Job job) {
            return new Subject(job.kind(), job.order(), job.subject());
        }
    }

    private record Entry(Job job, long sequence) {}

    private final Map<Subject, Entry> bySubject = new HashMap<>();
    private final NavigableSet<Entry> byDue = new TreeSet<>(
            Comparator.comparing((Entry entry) -> entry.job().due()).thenComparingLong(Entry::sequence));
    private final Deque<Consumer> running = new ArrayDeque<>();
    private long sequence;
    private @Nullable Instant armedFor;
    private @Nullable Consumer armedAt;
    private Alarm alarm = () -> {};

    /** One more engine that will take jobs. */
    Consumer consumer() {
        return new Consumer();
    }

    synchronized void schedule(Job job) {
        Entry entry = new Entry(job, sequence++);
        Entry earlier = bySubject.put(Subject.of(job), entry);
        if (earlier != null) {
            byDue.remove(earlier);
        }
        byDue.add(entry);
        Instant armed = armedFor;
        if (armed == null || job.due().isBefore(armed)) {
            arm();
        }
    }

    /** Sets the alarm for the first job, at the engine whose turn it is. */
    private void arm() {
        alarm.cancel();
        armedFor = null;
        armedAt = null;
        if (byDue.isEmpty() || running.isEmpty()) {
            return;
        }
        Consumer next = running.removeFirst();
        running.addLast(next);
        Instant due = byDue.first().job().due();
        TimeSource clock = next.clock();
        Duration wait = Duration.between(clock.instant(), due);
        Duration step = wait.compareTo(LONGEST_ALARM) < 0 ? wait : LONGEST_ALARM;
        armedFor = due;
        armedAt = next;
        alarm = clock.schedule(step.isNegative() ? Duration.ZERO : step, () -> ring(next));
    }

    private void ring(Consumer at) {
        List<Job> due = new ArrayList<>();
        synchronized (this) {
            if (armedAt != at) {
                return;
            }
            Instant now = at.clock().instant();
            while (!byDue.isEmpty() && !byDue.first().job().due().isAfter(now)) {
                Entry entry = byDue.removeFirst();
                bySubject.remove(Subject.of(entry.job()));
                due.add(entry.job());
            }
            arm();
        }
        due.forEach(at::take);
    }

    private synchronized void add(Consumer consumer) {
        running.addLast(consumer);
        if (armedFor == null) {
            arm();
        }
    }

    private synchronized void remove(Consumer consumer) {
        running.remove(consumer);
        if (armedAt == consumer) {
            arm();
        }
    }

    /** One engine's share of the jobs. <b>Thread:</b> Thread-safe. */
    final class Consumer implements JobScheduler {
        private record Running(TimeSource clock, java.util.function.Consumer<Job> handler) {}

        private volatile @Nullable Running on;

        private Consumer() {}

        @Override
        public void start(TimeSource time, java.util.function.Consumer<Job> handler) {
            if (on != null) {
                throw new IllegalStateException(
                        "a running engine already takes these jobs; give each engine its own store");
            }
            on = new Running(time, handler);
            add(this);
        }

        @Override
        public void schedule(Job job) {
            SharedJobs.this.schedule(job);
        }

        private TimeSource clock() {
            Running state = on;
            if (state == null) {
                throw new IllegalStateException("not running");
            }
            return state.clock();
        }

        private void take(Job job) {
            Running state = on;
            if (state == null) {
                // It was closed between the alarm and here: the job is somebody else's.
                SharedJobs.this.schedule(job);
            } else {
                state.handler().accept(job);
            }
        }

        @Override
        public void close() {
            if (on != null) {
                remove(this);
                on = null;
            }
        }
    }
}
