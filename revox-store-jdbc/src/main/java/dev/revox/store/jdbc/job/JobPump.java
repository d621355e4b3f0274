package dev.revox.store.jdbc.job;

import dev.revox.job.Job;
import dev.revox.store.jdbc.job.JobTable.Claimed;
import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes jobs that are due out of the table and hands them over.
 *
 * <p>It sleeps until the first job it knows of is due, but never longer than the poll interval: a wall clock that was set, a job
 * of another process and a transaction of the host come to light then. An alarm only starts a step; the step blocks on the
 * database, and runs on the executor, one at a time.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class JobPump {
    private static final System.Logger LOG = System.getLogger("dev.revox.store.jdbc.job");
    private static final int BATCH = 200;
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Handing over takes milliseconds; whoever has not finished after this long is not going to. */
    private static final Duration ABANDONED = Duration.ofMinutes(1);

    private final JobTable table;
    private final TimeSource time;
    private final Consumer<Job> handler;
    private final Executor executor;
    private final Optional<ExecutorService> ownThread;
    private final Duration pollInterval;
    private final boolean exclusive;
    private Instant lookedForAbandoned = Instant.MIN;
    private boolean failing;

    // Guarded by this.
    private @Nullable Instant wakeAt;
    private Alarm alarm = () -> {};
    private boolean running;
    private boolean again;
    private volatile boolean closed;

    JobPump(
            JobTable table,
            TimeSource time,
            Consumer<Job> handler,
            Optional<Executor> executor,
            Duration pollInterval,
            boolean exclusive) {
        this.table = table;
        this.time = time;
        this.handler = handler;
        this.pollInterval = pollInterval;
        this.exclusive = exclusive;
        this.ownThread = executor.isPresent()
                ? Optional.empty()
                : Optional.of(Executors.newSingleThreadExecutor(task -> {
                    Thread thread = new Thread(task, "revox-jobs");
                    thread.setDaemon(true);
                    return thread;
                }));
        this.executor = executor.or(() -> ownThread).orElseThrow();
    }

    void start() {
        wake(time.instant());
    }

    /** Looks at the table at an instant, or earlier. */
    synchronized void wake(Instant at) {
        if (closed || (wakeAt != null && !at.isBefore(wakeAt))) {
            return;
        }
        alarm.cancel();
        wakeAt = at;
        Duration wait = Duration.between(time.instant(), at);
        Duration step = wait.compareTo(pollInterval) < 0 ? wait : pollInterval;
        alarm = time.schedule(step.isNegative() ? Duration.ZERO : step, this::ring);
    }

    private void ring() {
        synchronized (this) {
            wakeAt = null;
            if (closed) {
                return;
            }
            if (running) {
                again = true;
                return;
            }
            running = true;
        }
        try {
            executor.execute(this::step);
        } catch (RejectedExecutionException stopped) {
            synchronized (this) {
                running = false;
            }
        }
    }

    private void step() {
        Instant next = time.instant().plus(RETRY);
        try {
            next = drain();
            if (failing) {
                failing = false;
                LOG.log(System.Logger.Level.INFO, "jobs are picked up again");
            }
        } catch (RuntimeException unreachable) {
            if (!failing && !closed) {
                failing = true;
                LOG.log(
                        System.Logger.Level.WARNING,
                        "jobs cannot be picked up; trying again every second until the database is back",
                        unreachable);
            }
        } finally {
            finished(next);
        }
    }

    private void finished(Instant next) {
        synchronized (this) {
            running = false;
            if (again) {
                again = false;
                next = time.instant();
            }
        }
        wake(next);
    }

    /** Hands over all that is due; gives the instant to look again. */
    private Instant drain() {
        freeAbandoned();
        List<Claimed> claimed;
        do {
            claimed = closed ? List.of() : table.claim(time.instant(), BATCH);
            handOver(claimed);
        } while (claimed.size() == BATCH);
        Instant latest = time.instant().plus(pollInterval);
        return table.nextDue().filter(latest::isAfter).orElse(latest);
    }

    private void freeAbandoned() {
        Instant now = time.instant();
        if (lookedForAbandoned.equals(Instant.MIN) && exclusive) {
            // Whatever is claimed was claimed by a process that is gone.
            table.freeAbandoned(now.plus(ABANDONED));
            lookedForAbandoned = now;
        } else if (!exclusive && now.isAfter(lookedForAbandoned)) {
            table.freeAbandoned(now.minus(ABANDONED));
            lookedForAbandoned = now.plus(ABANDONED.dividedBy(4));
        }
    }

    private void handOver(List<Claimed> claimed) {
        List<Claimed> done = new ArrayList<>(claimed.size());
        List<Claimed> refused = new ArrayList<>();
        for (Claimed job : claimed) {
            if (!closed && take(job)) {
                done.add(job);
            } else {
                refused.add(job);
            }
        }
        table.done(done);
        table.release(refused);
        if (!refused.isEmpty() && !closed) {
            throw new IllegalStateException(refused.size() + " jobs were not taken");
        }
    }

    private boolean take(Claimed job) {
        try {
            handler.accept(job.job());
            return true;
        } catch (RuntimeException refusal) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> "a job was not taken; it is delivered again order="
                            + job.job().order().id(),
                    refusal);
            return false;
        }
    }

    void close() {
        synchronized (this) {
            closed = true;
            alarm.cancel();
        }
        ownThread.ifPresent(ExecutorService::shutdown);
    }
}
