package dev.revox.store.jdbc.job;

import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.TaskRepository;
import com.github.kagkarlsson.scheduler.TaskResolver;
import com.github.kagkarlsson.scheduler.event.SchedulerListeners;
import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepository;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.revox.job.Job;
import dev.revox.store.jdbc.sql.Database;
import dev.revox.store.jdbc.sql.Dialect;
import dev.revox.store.jdbc.sql.Session;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code revox_job}: one per kind and subject. A row is picked when it is claimed, and deleted once its job was
 * handed over; one that stays picked belonged to an engine that died in between, and is freed again.
 *
 * <p>Putting a job in is a statement of the order's own transaction; a newer one frees and moves the row that is there, with a
 * higher version, so that whoever has the earlier one in hand does not delete it.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class JobTable {
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final String INSERT =
            "INSERT INTO revox_job (task_name, task_instance, task_data, execution_time, picked, version)"
                    + " VALUES (?, ?, ?, ?, FALSE, 1)";
    private static final String REPLACE =
            " SET task_data = ?, execution_time = ?, picked = FALSE, picked_by = NULL, last_heartbeat = NULL,"
                    + " version = version + 1 WHERE task_name = ? AND task_instance = ?";
    private static final String UPSERT_POSTGRESQL =
            "INSERT INTO revox_job AS j (task_name, task_instance, task_data, execution_time, picked, version)"
                    + " VALUES (?, ?, ?, ?, FALSE, 1) ON CONFLICT (task_name, task_instance) DO UPDATE SET"
                    + " task_data = EXCLUDED.task_data, execution_time = EXCLUDED.execution_time, picked = FALSE,"
                    + " picked_by = NULL, last_heartbeat = NULL, version = j.version + 1";

    private final Database database;
    private final TaskRepository repository;

    JobTable(Database database, String instanceName, InstantSource clock) {
        this.database = database;
        List<Task<?>> tasks = new ArrayList<>();
        JobName.tasks()
                .forEach(name -> tasks.add(Tasks.oneTime(name, String.class).execute((instance, context) -> {})));
        JdbcCustomization customization = database.dialect() == Dialect.POSTGRESQL
                ? new PostgreSqlJdbcCustomization(false, false)
                : new DefaultJdbcCustomization(false);
        repository = new JdbcTaskRepository(
                database.source(),
                true,
                customization,
                database.qualified("revox_job"),
                new TaskResolver(SchedulerListeners.NOOP, clock::instant, tasks),
                new SchedulerName.Fixed(instanceName),
                new PlainText(),
                false,
                clock::instant);
    }

    /** A claimed job and the row it came from. */
    record Claimed(Job job, JobName name, long version) {}

    /** Puts jobs in, within a transaction. */
    static void put(Session session, List<Job> jobs) throws SQLException {
        if (session.dialect() == Dialect.POSTGRESQL) {
            List<@Nullable Object[]> rows = new ArrayList<>(jobs.size());
            for (Job job : jobs) {
                JobName name = JobName.of(job);
                rows.add(new @Nullable Object[] {name.task(), name.instance(), data(job), column(job.due())});
            }
            session.batch(UPSERT_POSTGRESQL, rows);
            return;
        }
        for (Job job : jobs) {
            JobName name = JobName.of(job);
            byte[] data = data(job);
            OffsetDateTime at = column(job.due());
            if (replace(session, name, data, at) == 0
                    && !session.insertUnlessThere(INSERT, name.task(), name.instance(), data, at)) {
                int unused = replace(session, name, data, at);
            }
        }
    }

    private static byte[] data(Job job) {
        return job.due().toString().getBytes(StandardCharsets.UTF_8);
    }

    private static int replace(Session session, JobName name, byte[] data, OffsetDateTime at) throws SQLException {
        return session.update("UPDATE revox_job" + REPLACE, data, at, name.task(), name.instance());
    }

    /** The instant a row is due: the next whole microsecond, because columns hold no more, and early would be wrong. */
    static Instant dueInTable(Instant due) {
        Instant within = due.isBefore(EARLIEST) ? EARLIEST : due.isAfter(LATEST) ? LATEST : due;
        Instant micros = within.truncatedTo(ChronoUnit.MICROS);
        return micros.equals(within) ? micros : micros.plus(1, ChronoUnit.MICROS);
    }

    private static OffsetDateTime column(Instant due) {
        return dueInTable(due).atOffset(ZoneOffset.UTC);
    }

    /** Claims jobs that are due, for this process alone. */
    List<Claimed> claim(Instant now, int most) {
        List<Execution> picked;
        if (database.dialect() == Dialect.POSTGRESQL) {
            picked = repository.lockAndGetDue(now, most);
        } else {
            picked = repository.getDue(now, most).stream()
                    .map(execution -> repository.pick(execution, now))
                    .flatMap(Optional::stream)
                    .toList();
        }
        return picked.stream().map(JobTable::claimed).toList();
    }

    private static Claimed claimed(Execution execution) {
        JobName name = new JobName(execution.getTaskName(), execution.getId());
        String due = (String) execution.taskInstance.getData();
        return new Claimed(name.job(Instant.parse(due)), name, execution.version);
    }

    /** Deletes the rows of jobs that were handed over, but for those that were put in anew meanwhile. */
    void done(List<Claimed> jobs) {
        batch("DELETE FROM revox_job WHERE task_name = ? AND task_instance = ? AND version = ?", jobs);
    }

    /** Gives claimed jobs back. */
    void release(List<Claimed> jobs) {
        batch(
                "UPDATE revox_job SET picked = FALSE, picked_by = NULL, last_heartbeat = NULL, version = version + 1"
                        + " WHERE task_name = ? AND task_instance = ? AND version = ?",
                jobs);
    }

    private void batch(String sql, List<Claimed> jobs) {
        if (jobs.isEmpty()) {
            return;
        }
        List<@Nullable Object[]> rows = new ArrayList<>(jobs.size());
        for (Claimed job : jobs) {
            rows.add(new @Nullable Object[] {job.name().task(), job.name().instance(), job.version()});
        }
        int unused = database.write(session -> {
            session.batch(sql, rows);
            return rows.size();
        });
    }

    /** Frees what was claimed before an instant and never finished. */
    void freeAbandoned(Instant claimedBefore) {
        int unused = database.write(session -> session.update(
                "UPDATE revox_job SET picked = FALSE, picked_by = NULL, last_heartbeat = NULL, version = version + 1"
                        + " WHERE picked AND last_heartbeat <= ?",
                claimedBefore.atOffset(ZoneOffset.UTC)));
    }

    /** When the next job is due that nobody has claimed. */
    Optional<Instant> nextDue() {
        return database.read(session -> session.first(
                "SELECT execution_time FROM revox_job WHERE picked = FALSE ORDER BY execution_time FETCH FIRST 1 ROW ONLY",
                row -> row.getObject(1, OffsetDateTime.class).toInstant()));
    }
}
