package dev.revox.store.jdbc.resource;

import dev.revox.resource.AssistantStore;
import dev.revox.resource.Page;
import dev.revox.resource.ResourceConflictException;
import dev.revox.resource.StoredAssistant;
import dev.revox.store.jdbc.sql.Database;
import dev.revox.store.jdbc.sql.TenantColumn;
import dev.revox.store.jdbc.sql.TextColumn;
import dev.revox.wire.stored.ResourceForm;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Rows of {@code revox_assistant}. <b>Thread:</b> Thread-safe. */
final class JdbcAssistants implements AssistantStore {
    private final Database database;

    JdbcAssistants(Database database) {
        this.database = database;
    }

    @Override
    public void insert(StoredAssistant assistant) {
        boolean added = database.write(session -> {
            boolean isNew = session.insertUnlessThere(
                    "INSERT INTO revox_assistant (tenant, id, version, body) VALUES (?, ?, ?, ?)",
                    TenantColumn.of(assistant.tenant()),
                    assistant.id(),
                    assistant.version(),
                    ResourceForm.assistant(assistant.assistant()));
            if (isNew) {
                JdbcResources.changed(session);
            }
            return isNew;
        });
        if (!added) {
            throw new ResourceConflictException("assistant " + assistant.id() + " is there already");
        }
    }

    @Override
    public Optional<StoredAssistant> find(Optional<String> tenant, String id) {
        return database.read(session -> session.first(
                "SELECT body, version FROM revox_assistant WHERE tenant = ? AND id = ?",
                JdbcAssistants::read,
                TenantColumn.of(tenant),
                id));
    }

    private static StoredAssistant read(ResultSet row) throws SQLException {
        return new StoredAssistant(ResourceForm.assistant(TextColumn.read(row, 1)), row.getLong(2));
    }

    @Override
    public void update(StoredAssistant changed) {
        boolean done = database.write(session -> {
            boolean found = session.update(
                            "UPDATE revox_assistant SET version = ?, body = ? WHERE tenant = ? AND id = ? AND version = ?",
                            changed.version(),
                            ResourceForm.assistant(changed.assistant()),
                            TenantColumn.of(changed.tenant()),
                            changed.id(),
                            changed.version() - 1)
                    == 1;
            if (found) {
                JdbcResources.changed(session);
            }
            return found;
        });
        if (!done) {
            throw new ResourceConflictException(
                    "assistant " + changed.id() + " was changed or deleted since; read it again");
        }
    }

    @Override
    public boolean delete(Optional<String> tenant, String id) {
        return database.write(session -> {
            boolean was = session.update(
                            "DELETE FROM revox_assistant WHERE tenant = ? AND id = ?", TenantColumn.of(tenant), id)
                    == 1;
            if (was) {
                JdbcResources.changed(session);
            }
            return was;
        });
    }

    @Override
    public Page<StoredAssistant> list(Optional<String> tenant, Optional<String> after, int limit) {
        return database.read(session -> Page.of(
                session.query(
                        "SELECT body, version FROM revox_assistant WHERE tenant = ? AND id > ?"
                                + " ORDER BY id FETCH FIRST " + (Page.checked(limit) + 1) + " ROWS ONLY",
                        JdbcAssistants::read,
                        TenantColumn.of(tenant),
                        after.orElse("")),
                limit,
                StoredAssistant::id));
    }
}
