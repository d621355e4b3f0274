package dev.revox.store.jdbc.job;

import dev.revox.job.Job;
import dev.revox.job.JobScheduler;
import dev.revox.store.jdbc.sql.Database;
import dev.revox.store.jdbc.sql.Session;
import dev.revox.time.TimeSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that outlive the process, delivered each to one of the engines on the database.
 *
 * <p><b>Thread:</b> Thread-safe. Jobs are picked up on the given executor, or on a thread of their own.
 */
public final class JdbcJobs implements JobScheduler {
    private final Database database;
    private final Optional<Executor> executor;
    private final Duration pollInterval;
    private final boolean exclusive;
    private @Nullable JobPump pump;

    /**
     * Jobs that nobody takes yet.
     *
     * @param pollInterval how late a job may be noticed that another process, or the host in its own transaction, put in
     * @param exclusive whether no other process can have claimed a job
     */
    public JdbcJobs(Database database, Optional<Executor> executor, Duration pollInterval, boolean exclusive) {
        this.database = database;
        this.executor = executor;
        this.pollInterval = pollInterval;
        this.exclusive = exclusive;
    }

    @Override
    public synchronized void start(TimeSource time, Consumer<Job> handler) {
        if (pump != null) {
            throw new IllegalStateException(
                    "a running engine already takes these jobs; give each engine its own store");
        }
        JobTable table = new JobTable(database, "revox-" + UUID.randomUUID(), time);
        JobPump started = new JobPump(table, time, handler, executor, pollInterval, exclusive);
        pump = started;
        started.start();
    }

    @Override
    public void schedule(Job job) {
        boolean unused = database.write(session -> {
            JobTable.put(session, List.of(job));
            return true;
        });
        committed(List.of(job));
    }

    /** Puts jobs in within a transaction. */
    public static void put(Session session, List<Job> jobs) throws SQLException {
        JobTable.put(session, jobs);
    }

    /** Takes note of jobs that a transaction of this process has put in for good. */
    public void committed(List<Job> jobs) {
        JobPump running;
        synchronized (this) {
            running = pump;
        }
        if (running != null) {
            jobs.forEach(job -> running.wake(JobTable.dueInTable(job.due())));
        }
    }

    @Override
    public void close() {
        JobPump running;
        synchronized (this) {
            running = pump;
            pump = null;
        }
        if (running != null) {
            running.close();
        }
    }
}
