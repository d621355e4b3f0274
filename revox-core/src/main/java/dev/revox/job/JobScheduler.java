package dev.revox.job;

import dev.revox.time.TimeSource;
import java.util.function.Consumer;

/**
 * Delivers jobs at their instants, at least once each while it is running.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public interface JobScheduler extends AutoCloseable {
    /**
     * Begins to deliver, what was scheduled before included.
     *
     * @param handler called on the scheduler's threads; it must only hand the job on
     */
    void start(TimeSource time, Consumer<Job> handler);

    /** Adds a job, in the place of an earlier one of the same kind and subject. */
    void schedule(Job job);

    /** Stops delivering. Jobs that are not due yet stay with a scheduler that can keep them. Idempotent. */
    @Override
    void close();
}
