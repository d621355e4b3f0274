package dev.revox.store.jdbc.resource;

import dev.revox.phone.PhoneNumber;
import dev.revox.resource.Page;
import dev.revox.resource.SuppressionEntry;
import dev.revox.resource.SuppressionStore;
import dev.revox.store.jdbc.sql.Database;
import dev.revox.store.jdbc.sql.Nanos;
import dev.revox.store.jdbc.sql.Session;
import dev.revox.store.jdbc.sql.TenantColumn;
import dev.revox.store.jdbc.sql.TextColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Rows of {@code revox_suppression}. <b>Thread:</b> Thread-safe. */
final class JdbcSuppressions implements SuppressionStore {
    private static final String SELECT =
            "SELECT tenant, number, reason, since, order_id FROM revox_suppression WHERE tenant = ? AND number ";

    /** Whoever adds several adds them in the same order, so that two imports cannot wait for each other. */
    private static final Comparator<SuppressionEntry> IN_ORDER = Comparator.comparing(
                    (SuppressionEntry entry) -> TenantColumn.of(entry.tenant()))
            .thenComparing(entry -> entry.number().e164());

    private final Database database;

    JdbcSuppressions(Database database) {
        this.database = database;
    }

    @Override
    public int add(List<SuppressionEntry> entries) {
        return entries.isEmpty() ? 0 : database.write(session -> add(session, entries));
    }

    static int add(Session session, List<SuppressionEntry> entries) throws SQLException {
        int added = 0;
        for (SuppressionEntry entry : entries.stream().sorted(IN_ORDER).toList()) {
            boolean isNew = session.insertUnlessThere(
                    "INSERT INTO revox_suppression (tenant, number, reason, since, order_id) VALUES (?, ?, ?, ?, ?)",
                    TenantColumn.of(entry.tenant()),
                    entry.number().e164(),
                    entry.reason(),
                    Nanos.of(entry.since()),
                    entry.orderId().orElse(null));
            added += isNew ? 1 : 0;
        }
        return added;
    }

    @Override
    public Optional<SuppressionEntry> find(Optional<String> tenant, PhoneNumber number) {
        return database.read(session ->
                session.first(SELECT + "= ?", JdbcSuppressions::read, TenantColumn.of(tenant), number.e164()));
    }

    private static SuppressionEntry read(ResultSet row) throws SQLException {
        return new SuppressionEntry(
                TenantColumn.tenant(TextColumn.read(row, 1)),
                PhoneNumber.of(row.getString(2)),
                TextColumn.read(row, 3),
                Nanos.instant(row.getLong(4)),
                TextColumn.readOptional(row, 5));
    }

    @Override
    public boolean remove(Optional<String> tenant, PhoneNumber number) {
        return database.write(session -> session.update(
                        "DELETE FROM revox_suppression WHERE tenant = ? AND number = ?",
                        TenantColumn.of(tenant),
                        number.e164())
                == 1);
    }

    @Override
    public Page<SuppressionEntry> list(Optional<String> tenant, Optional<String> after, int limit) {
        return database.read(session -> Page.of(
                session.query(
                        SELECT + "> ? ORDER BY number FETCH FIRST " + (Page.checked(limit) + 1) + " ROWS ONLY",
                        JdbcSuppressions::read,
                        TenantColumn.of(tenant),
                        after.orElse("")),
                limit,
                entry -> entry.number().e164()));
    }
}
