package dev.revox.store.jdbc.resource;

import dev.revox.phone.PhoneNumber;
import dev.revox.resource.NumberStore;
import dev.revox.resource.OwnNumber;
import dev.revox.resource.Page;
import dev.revox.resource.ResourceConflictException;
import dev.revox.store.jdbc.sql.Database;
import dev.revox.store.jdbc.sql.Nanos;
import dev.revox.store.jdbc.sql.TenantColumn;
import dev.revox.store.jdbc.sql.TextColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of {@code revox_number}. <b>Thread:</b> Thread-safe. */
final class JdbcNumbers implements NumberStore {
    private static final String SELECT =
            "SELECT tenant, number, name, inbound_assistant, created_at, updated_at, version FROM revox_number WHERE ";

    private final Database database;

    JdbcNumbers(Database database) {
        this.database = database;
    }

    @Override
    public void insert(OwnNumber number) {
        boolean added = database.write(session -> {
            boolean isNew = session.insertUnlessThere(
                    "INSERT INTO revox_number (tenant, number, name, inbound_assistant, created_at, updated_at, version)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    TenantColumn.of(number.tenant()),
                    number.number().e164(),
                    number.name().orElse(null),
                    number.inboundAssistantId().orElse(null),
                    Nanos.of(number.createdAt()),
                    Nanos.of(number.updatedAt()),
                    number.version());
            if (isNew) {
                JdbcResources.changed(session);
            }
            return isNew;
        });
        if (!added) {
            throw new ResourceConflictException("this number is there already, maybe with another tenant");
        }
    }

    @Override
    public Optional<OwnNumber> find(Optional<String> tenant, PhoneNumber number) {
        return database.read(session -> session.first(
                SELECT + "number = ? AND tenant = ?", JdbcNumbers::read, number.e164(), TenantColumn.of(tenant)));
    }

    private static OwnNumber read(ResultSet row) throws SQLException {
        return new OwnNumber(
                TenantColumn.tenant(TextColumn.read(row, 1)),
                PhoneNumber.of(row.getString(2)),
                TextColumn.readOptional(row, 3),
                TextColumn.readOptional(row, 4),
                Nanos.instant(row.getLong(5)),
                Nanos.instant(row.getLong(6)),
                row.getLong(7));
    }

    @Override
    public void update(OwnNumber changed) {
        boolean done = database.write(session -> {
            boolean found = session.update(
                            "UPDATE revox_number SET name = ?, inbound_assistant = ?, updated_at = ?, version = ?"
                                    + " WHERE number = ? AND tenant = ? AND version = ?",
                            changed.name().orElse(null),
                            changed.inboundAssistantId().orElse(null),
                            Nanos.of(changed.updatedAt()),
                            changed.version(),
                            changed.number().e164(),
                            TenantColumn.of(changed.tenant()),
                            changed.version() - 1)
                    == 1;
            if (found) {
                JdbcResources.changed(session);
            }
            return found;
        });
        if (!done) {
            throw new ResourceConflictException("this number was changed or deleted since; read it again");
        }
    }

    @Override
    public boolean delete(Optional<String> tenant, PhoneNumber number) {
        return database.write(session -> {
            boolean was = session.update(
                            "DELETE FROM revox_number WHERE number = ? AND tenant = ?",
                            number.e164(),
                            TenantColumn.of(tenant))
                    == 1;
            if (was) {
                JdbcResources.changed(session);
            }
            return was;
        });
    }

    @Override
    public Page<OwnNumber> list(Optional<String> tenant, Optional<String> after, int limit) {
        return page("tenant = ? AND number > ?", limit, TenantColumn.of(tenant), after.orElse(""));
    }

    @Override
    public Page<OwnNumber> all(Optional<String> after, int limit) {
        return page("number > ?", limit, after.orElse(""));
    }

    private Page<OwnNumber> page(String condition, int limit, @Nullable Object... parameters) {
        List<OwnNumber> found = database.read(session -> new ArrayList<>(session.query(
                SELECT + condition + " ORDER BY number FETCH FIRST " + (Page.checked(limit) + 1) + " ROWS ONLY",
                JdbcNumbers::read,
                parameters)));
        return Page.of(found, limit, number -> number.number().e164());
    }
}
