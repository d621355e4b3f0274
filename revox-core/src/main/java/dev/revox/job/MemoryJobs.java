package dev.revox.job;

import dev.revox.order.OrderKey;
import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that live as long as the process: one alarm each.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class MemoryJobs implements JobScheduler {
    /** A longer wait is walked in steps, so that no number of nanoseconds overflows. */
    private static final Duration LONGEST_ALARM = Duration.ofDays(30);

    private record Subject(Job.Kind kind, OrderKey order, String subject) {
        static Subject of(Job job) {
            return new Subject(job.kind(), job.order(), job.subject());
        }
    }

    private record Waiting(Job job, Alarm alarm) {}

    private static final Alarm NOT_ARMED = () -> {};

    private final Map<Subject, Waiting> waiting = new HashMap<>();
    private @Nullable TimeSource time;
    private @Nullable Consumer<Job> handler;

    @Override
    public synchronized void start(TimeSource clock, Consumer<Job> to) {
        if (time != null) {
            throw new IllegalStateException(
                    "a running engine already takes these jobs; give each engine its own store");
        }
        time = clock;
        handler = to;
        for (Waiting entry : Map.copyOf(waiting).values()) {
            arm(clock, entry.job());
        }
    }

    @Override
    public synchronized void schedule(Job job) {
        Waiting earlier = waiting.get(Subject.of(job));
        if (earlier != null) {
            earlier.alarm().cancel();
        }
        TimeSource clock = time;
        if (clock == null) {
            waiting.put(Subject.of(job), new Waiting(job, NOT_ARMED));
        } else {
            arm(clock, job);
        }
    }

    private void arm(TimeSource clock, Job job) {
        Duration wait = Duration.between(clock.instant(), job.due());
        Duration step = wait.compareTo(LONGEST_ALARM) < 0 ? wait : LONGEST_ALARM;
        Alarm alarm = clock.schedule(step.isNegative() ? Duration.ZERO : step, () -> ring(clock, job));
        waiting.put(Subject.of(job), new Waiting(job, alarm));
    }

    private void ring(TimeSource clock, Job job) {
        Consumer<Job> to;
        synchronized (this) {
            Waiting entry = waiting.get(Subject.of(job));
            if (entry == null || !entry.job().equals(job) || handler == null) {
                return;
            }
            if (clock.instant().isBefore(job.due())) {
                // The wait was cut into steps, or the wall clock was set back.
                arm(clock, job);
                return;
            }
            waiting.remove(Subject.of(job));
            to = handler;
        }
        to.accept(job);
    }

    @Override
    public synchronized void close() {
        for (Map.Entry<Subject, Waiting> entry : waiting.entrySet()) {
            entry.getValue().alarm().cancel();
            entry.setValue(new Waiting(entry.getValue().job(), NOT_ARMED));
        }
        time = null;
        handler = null;
    }
}
