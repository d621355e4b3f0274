/**
 * Jobs in the table of db-scheduler. Door: {@link dev.revox.store.jdbc.job.JdbcJobs}; the only room that knows that library.
 *
 * <p>The library gives the table and the claiming of what is due, by several processes at once; its threads are not used, because
 * they read the machine's clock. Jobs are picked up at the alarms of the engine's own time, so virtual time drives them too.
 * <b>Thread:</b> Thread-safe.
 */
@NullMarked
package dev.revox.store.jdbc.job;

import org.jspecify.annotations.NullMarked;
