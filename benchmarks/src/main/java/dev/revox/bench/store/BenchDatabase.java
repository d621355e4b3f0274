package dev.revox.bench.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.revox.store.Transition;
import dev.revox.store.jdbc.JdbcStore;
import dev.revox.testkit.contract.store.Rows;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A database of one measurement's own, on a PostgreSQL that this process has started. <b>Thread:</b> Thread-safe. */
public final class BenchDatabase implements AutoCloseable {
    private static final int CONNECTIONS = 12;

    private final HikariDataSource pool;

    private BenchDatabase(HikariDataSource pool) {
        this.pool = pool;
    }

    /** Durable as a production server is: every commit waits for the disk. */
    public static EmbeddedPostgres server() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("shared_buffers", "256MB")
                    .setServerConfig("max_wal_size", "2GB")
                    .start();
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        }
    }

    static BenchDatabase of(EmbeddedPostgres server, String name) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            boolean unused = statement.execute("CREATE DATABASE " + name);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl(server.getJdbcUrl("postgres", name));
        settings.setMaximumPoolSize(CONNECTIONS);
        BenchDatabase database = new BenchDatabase(new HikariDataSource(settings));
        try (JdbcStore store = database.store()) {
            store.commit(Transition.insert(Rows.order("template")));
        }
        return database;
    }

    JdbcStore store() {
        return JdbcStore.builder().dataSource(pool).applySchema().build();
    }

    Connection connection() throws SQLException {
        return pool.getConnection();
    }

    /** Orders and their jobs, made by the database itself; they read as the template. */
    void fill(String prefix, int orders, String due) {
        run("INSERT INTO revox_order SELECT tenant, '" + prefix
                + "' || n, 'SCHEDULED', paused, reported, version, fence,"
                + " due_at + n * 1000000000::bigint, to_number, NULL, NULL, NULL, NULL, NULL, NULL, created_at + n,"
                + " updated_at, snapshot, body FROM revox_order, generate_series(1, " + orders
                + ") n WHERE id = 'template'");
        run("INSERT INTO revox_job SELECT 'revox-attempt', '~/" + prefix + "' || n || '/" + prefix + "' || n,"
                + " convert_to('2026-01-01T00:00:00Z', 'UTF8'), " + due
                + ", FALSE, NULL, NULL, NULL, NULL, NULL, 1, NULL"
                + " FROM generate_series(1, " + orders + ") n");
        run("VACUUM ANALYZE");
    }

    void run(String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            boolean unused = statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
