package dev.revox.store.jdbc.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** One PostgreSQL for all tests of a JVM, and a database of its own for each of them. <b>Thread:</b> Thread-safe. */
public final class PostgresServer {
    private static final class Holder {
        private static final EmbeddedPostgres SERVER = start();
    }

    private PostgresServer() {}

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("log_min_messages", "fatal")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
            return server;
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        }
    }

    private static void close(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** A pool of connections to a database that nobody else has. */
    public static HikariDataSource freshDatabase(int connections) {
        return freshDatabase(connections, "TRANSACTION_READ_COMMITTED");
    }

    /** The same, with another isolation level by default. */
    public static HikariDataSource freshDatabase(int connections, String isolation) {
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = Holder.SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            boolean unused = statement.execute("CREATE DATABASE " + name);
        } catch (SQLException failure) {
            throw new IllegalStateException("no database for a test", failure);
        }
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl(Holder.SERVER.getJdbcUrl("postgres", name));
        settings.setTransactionIsolation(isolation);
        settings.setMaximumPoolSize(connections);
        settings.setMinimumIdle(0);
        return new HikariDataSource(settings);
    }
}
