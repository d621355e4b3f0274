package dev.revox.store.jdbc.schema;

import dev.revox.RevoxException;
import dev.revox.store.jdbc.sql.Database;
import dev.revox.store.jdbc.sql.Dialect;
import dev.revox.store.jdbc.sql.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The versions of the tables.
 *
 * <p>Which version a database has stands in {@code revox_schema}. Whoever brings it up to date holds a lock meanwhile, so nodes
 * that start together wait for the first one. PostgreSQL runs all of it in one transaction; H2 commits each statement, so there
 * every statement does nothing when what it makes is there, and an interrupted run is simply repeated.
 *
 * <p><b>Thread:</b> Immutable.
 */
public final class Schema {
    /** The files, oldest first; the place in the list, from 1, is the version. */
    private static final List<String> VERSIONS = List.of("V1__orders.sql", "V2__campaigns.sql");

    private static final long LOCK = 0x7265766f78L;

    private final Database database;
    private final Optional<String> name;

    /**
     * The tables of a database.
     *
     * @param name of the database's schema they are in; the connection's own when left out
     */
    public Schema(Database database, Optional<String> name) {
        this.database = database;
        this.name = name;
    }

    /** Brings the tables up to date. */
    public void apply() {
        if (database.dialect() == Dialect.POSTGRESQL) {
            int unused = database.write(session -> {
                session.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
                return applyLocked(session);
            });
        } else {
            applyToH2();
        }
    }

    private void applyToH2() {
        int unused = database.write(session -> {
            createVersionTable(session);
            return 0;
        });
        // Held by a connection that does nothing else: each statement that makes a table commits on its own connection.
        int unusedCount = database.write(lock -> {
            int locked = lock.update("UPDATE revox_schema SET version = version WHERE version = 0");
            return database.write(this::applyLocked) + locked;
        });
    }

    private void createVersionTable(Session session) throws SQLException {
        if (name.isPresent()) {
            session.execute("CREATE SCHEMA IF NOT EXISTS " + name.get());
        }
        session.execute("CREATE TABLE IF NOT EXISTS revox_schema (version INTEGER NOT NULL PRIMARY KEY)");
        boolean unused = session.insertUnlessThere("INSERT INTO revox_schema (version) VALUES (0)");
    }

    private int applyLocked(Session session) throws SQLException {
        if (database.dialect() == Dialect.POSTGRESQL) {
            createVersionTable(session);
        }
        long version = session.number("SELECT MAX(version) FROM revox_schema");
        if (version > VERSIONS.size()) {
            throw new RevoxException(
                    "the database's tables are of version " + version + ", made by a newer Revox; this one knows "
                            + VERSIONS.size() + ": use the newer one",
                    false);
        }
        if (database.dialect() == Dialect.POSTGRESQL && name.isPresent()) {
            // An index cannot be named with a schema; the search path says where it goes.
            session.execute("SET LOCAL search_path TO " + name.get());
        }
        for (int next = (int) version + 1; next <= VERSIONS.size(); next++) {
            for (String statement : statements(VERSIONS.get(next - 1))) {
                if (database.dialect() == Dialect.POSTGRESQL) {
                    session.executeAsIs(statement);
                } else {
                    session.execute(statement);
                }
            }
            int unused = session.update("INSERT INTO revox_schema (version) VALUES (?)", next);
        }
        return VERSIONS.size();
    }

    /** Fails with what to do when the tables are not there. */
    public void check() {
        boolean unused = database.read(session ->
                session.exists("SELECT 1 FROM revox_order o, revox_job j WHERE o.id IS NULL AND j.version IS NULL"));
    }

    /** Files hold neither a semicolon within a statement nor one within a comment at a line's end. */
    private List<String> statements(String file) {
        String path = database.dialect().folder() + "/" + file;
        try (InputStream bytes = Schema.class.getResourceAsStream(path)) {
            if (bytes == null) {
                throw new IllegalStateException("the class path lacks " + path);
            }
            String text = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(text.replaceAll("(?m)^\\s*--.*$", "").split(";\\s*(\\n|$)")).stream()
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
