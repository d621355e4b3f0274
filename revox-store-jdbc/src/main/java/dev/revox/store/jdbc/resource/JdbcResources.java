package dev.revox.store.jdbc.resource;

import dev.revox.resource.AssistantStore;
import dev.revox.resource.NumberStore;
import dev.revox.resource.ResourceStore;
import dev.revox.resource.SuppressionEntry;
import dev.revox.resource.SuppressionStore;
import dev.revox.store.jdbc.sql.Database;
import dev.revox.store.jdbc.sql.Session;
import java.sql.SQLException;
import java.util.List;

/** Resources in a relational database. <b>Thread:</b> Thread-safe. */
public final class JdbcResources implements ResourceStore {
    private final Database database;
    private final JdbcAssistants assistants;
    private final JdbcNumbers numbers;
    private final JdbcSuppressions suppressions;

    public JdbcResources(Database database) {
        this.database = database;
        this.assistants = new JdbcAssistants(database);
        this.numbers = new JdbcNumbers(database);
        this.suppressions = new JdbcSuppressions(database);
    }

    /** Adds what a transition carries, within its transaction. */
    public static void suppress(Session session, List<SuppressionEntry> entries) throws SQLException {
        int unused = JdbcSuppressions.add(session, entries);
    }

    @Override
    public AssistantStore assistants() {
        return assistants;
    }

    @Override
    public NumberStore numbers() {
        return numbers;
    }

    @Override
    public SuppressionStore suppressions() {
        return suppressions;
    }

    @Override
    public long revision() {
        return database.read(session -> session.number("SELECT revision FROM revox_revision WHERE id = 1"));
    }

    /** Notes a change, as the last statement of its transaction. */
    static void changed(Session session) throws SQLException {
        int unused = session.update("UPDATE revox_revision SET revision = revision + 1 WHERE id = 1");
    }
}
