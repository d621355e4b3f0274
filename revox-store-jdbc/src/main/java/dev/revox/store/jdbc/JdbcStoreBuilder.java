package dev.revox.store.jdbc;

import dev.revox.store.jdbc.embedded.EmbeddedDatabase;
import dev.revox.store.jdbc.schema.Schema;
import dev.revox.store.jdbc.sql.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Collects where a store keeps its rows. One of {@link #dataSource} and {@link #folder} must be given.
 *
 * <p><b>Thread:</b> Confined to one thread.
 */
public final class JdbcStoreBuilder {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final Duration SHARED_POLL = Duration.ofSeconds(1);
    private static final Duration OWN_POLL = Duration.ofSeconds(30);

    private @Nullable DataSource source;
    private @Nullable Path folder;
    private Optional<String> schema = Optional.empty();
    private Optional<Executor> executor = Optional.empty();
    private Optional<Duration> pollInterval = Optional.empty();
    private Duration queryTimeout = Duration.ofSeconds(10);
    private boolean applySchema;

    JdbcStoreBuilder() {}

    /**
     * The host's database: PostgreSQL, or H2. The store takes connections from it and gives them back; it never closes it. Keep
     * two connections free for the store, more for more calls at once.
     */
    public JdbcStoreBuilder dataSource(DataSource database) {
        source = database;
        return this;
    }

    /** A folder for an embedded database of this store's own, which makes its tables itself. */
    public JdbcStoreBuilder folder(Path ofItsOwn) {
        folder = ofItsOwn;
        return this;
    }

    /** The database's schema that holds the tables; the connection's own when left out. */
    public JdbcStoreBuilder schema(String name) {
        schema = Optional.of(name);
        return this;
    }

    /** Makes the tables or brings them up to date, while no other node does. Leave it out where Flyway or Liquibase does that. */
    public JdbcStoreBuilder applySchema() {
        applySchema = true;
        return this;
    }

    /**
     * How late a job may be noticed that was put in by another process, or by the host's own transaction; one second when left
     * out. This engine's own jobs are noticed at once.
     */
    public JdbcStoreBuilder pollInterval(Duration longest) {
        pollInterval = Optional.of(longest);
        return this;
    }

    /** How long a statement may take, in whole seconds; ten when left out. */
    public JdbcStoreBuilder queryTimeout(Duration longest) {
        queryTimeout = longest;
        return this;
    }

    /** Where jobs are picked up, which blocks on the database; a thread of the store's own when left out. */
    public JdbcStoreBuilder executor(Executor forJobs) {
        executor = Optional.of(forJobs);
        return this;
    }

    /**
     * Connects.
     *
     * @throws dev.revox.store.StoreUnavailableException when the database cannot be reached or lacks the tables
     */
    public JdbcStore build() {
        check();
        if (folder != null) {
            EmbeddedDatabase embedded = EmbeddedDatabase.open(folder);
            try {
                return store(embedded.source(), Optional.of(embedded));
            } catch (RuntimeException failure) {
                embedded.close();
                throw failure;
            }
        }
        if (source != null) {
            return store(source, Optional.empty());
        }
        throw new IllegalArgumentException("dataSource is missing: give one, or a folder for an embedded database");
    }

    private void check() {
        if (source != null && folder != null) {
            throw new IllegalArgumentException("dataSource and folder exclude each other: leave one of them out");
        }
        if (schema.isPresent() && !IDENTIFIER.matcher(schema.get()).matches()) {
            throw new IllegalArgumentException(
                    "schema must be letters, digits and underscores, and begin with no digit");
        }
        if (queryTimeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("queryTimeout must be at least one second");
        }
        if (pollInterval.filter(poll -> poll.isZero() || poll.isNegative()).isPresent()) {
            throw new IllegalArgumentException("pollInterval must be positive");
        }
    }

    private JdbcStore store(DataSource connections, Optional<EmbeddedDatabase> embedded) {
        Database database = Database.of(connections, schema, queryTimeout);
        Schema tables = new Schema(database, schema);
        if (applySchema || embedded.isPresent()) {
            tables.apply();
        }
        tables.check();
        Duration poll = pollInterval.orElse(embedded.isPresent() ? OWN_POLL : SHARED_POLL);
        return new JdbcStore(database, embedded, executor, poll);
    }
}
