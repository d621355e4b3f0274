package dev.revox.store.jdbc.sql;

import dev.revox.RevoxException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.sql.DataSource;

/**
 * A database that holds Revox's tables: the source of sessions.
 *
 * <p>Transactions expect READ COMMITTED and are right under stricter levels too: whoever must be alone changes a row of its
 * own first, which waits under one level and fails with a serialization error, to be repeated, under the others.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class Database {
    private static final int ATTEMPTS = 5;

    private final DataSource source;
    private final Dialect dialect;
    private final String prefix;
    private final int timeoutSeconds;
    private final ConcurrentMap<String, String> qualified = new ConcurrentHashMap<>();

    private Database(DataSource source, Dialect dialect, Optional<String> schema, Duration queryTimeout) {
        this.source = source;
        this.dialect = dialect;
        this.prefix = schema.map(name -> name + ".revox_").orElse("revox_");
        this.timeoutSeconds = (int) Math.max(1, queryTimeout.toSeconds());
    }

    /** Asks a source what kind of database it leads to. */
    public static Database of(DataSource source, Optional<String> schema, Duration queryTimeout) {
        try (Connection connection = source.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            Dialect dialect = switch (product) {
                case "H2" -> Dialect.H2;
                case "PostgreSQL" -> Dialect.POSTGRESQL;
                default ->
                    throw new RevoxException(
                            "dataSource leads to " + product + ", but orders can be kept in H2 and PostgreSQL only",
                            false);
            };
            return new Database(source, dialect, schema, queryTimeout);
        } catch (SQLException failure) {
            throw Failures.of(failure);
        }
    }

    public Dialect dialect() {
        return dialect;
    }

    public DataSource source() {
        return source;
    }

    int timeoutSeconds() {
        return timeoutSeconds;
    }

    /** The statement with its tables in their schema. */
    public String qualified(String sql) {
        return qualified.computeIfAbsent(sql, text -> text.replace("revox_", prefix));
    }

    /** Runs statements that change nothing, each for itself. */
    public <T> T read(Work<T> work) {
        try {
            Connection connection = source.getConnection();
            try {
                T result = work.on(new Session(connection, this));
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
                return result;
            } finally {
                giveBack(connection);
            }
        } catch (SQLException failure) {
            throw Failures.of(failure);
        }
    }

    /** Runs a transaction, again if others were in its way. */
    public <T> T write(Work<T> work) {
        return write(unused -> {}, work);
    }

    /**
     * Runs a transaction, again if others were in its way.
     *
     * @param before what is stored for itself before it, over the same connection
     */
    public <T> T write(Preparation before, Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(before, work);
            } catch (SQLException failure) {
                if (attempt == ATTEMPTS || !Failures.isContention(failure)) {
                    throw Failures.of(failure);
                }
            }
        }
    }

    private <T> T once(Preparation before, Work<T> work) throws SQLException {
        Connection connection = source.getConnection();
        try {
            Session session = new Session(connection, this);
            before.on(session);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            return transaction(session, work);
        } finally {
            giveBack(connection);
        }
    }

    private static <T> T transaction(Session session, Work<T> work) throws SQLException {
        Connection connection = session.connection();
        boolean autoCommit = connection.getAutoCommit();
        if (autoCommit) {
            connection.setAutoCommit(false);
        }
        T result;
        try {
            result = work.on(session);
            commit(connection);
        } catch (SQLException | RuntimeException | Error failure) {
            undo(connection, autoCommit);
            throw failure;
        }
        if (autoCommit) {
            resume(connection);
        }
        return result;
    }

    /** A connection that breaks behind its commit must not hide that the change was stored. */
    private static void resume(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException broken) {
            // The pool finds out for itself.
        }
    }

    /** Whatever was done with it is done, or has failed for a better reason. */
    private static void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException broken) {
            // The pool finds out for itself.
        }
    }

    private static void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException failure) {
            if (Failures.isCertain(failure)) {
                throw failure;
            }
            throw Failures.duringCommit(failure);
        }
    }

    private static void undo(Connection connection, boolean autoCommit) {
        try {
            connection.rollback();
            if (autoCommit) {
                connection.setAutoCommit(true);
            }
        } catch (SQLException broken) {
            // The pool finds out for itself; what led here is the news.
        }
    }

    /**
     * Runs statements within a transaction of somebody else, who commits it or not. When they fail, what they did is undone and
     * that transaction goes on, as far as its database allows.
     */
    public <T> T within(Connection host, Work<T> work) {
        try {
            if (host.getAutoCommit()) {
                throw new RevoxException(
                        "hostTransaction commits by itself: switch autocommit off on it, or leave it out", false);
            }
            Savepoint start = host.setSavepoint();
            try {
                T result = work.on(new Session(host, this));
                host.releaseSavepoint(start);
                return result;
            } catch (SQLException | RuntimeException failure) {
                host.rollback(start);
                throw failure;
            }
        } catch (SQLException failure) {
            throw Failures.of(failure);
        }
    }
}
