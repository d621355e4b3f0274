package dev.revox.store.jdbc.row;

import dev.revox.order.ConcurrencyLimit;
import dev.revox.order.OrderKey;
import dev.revox.order.PlacedOrder;
import dev.revox.store.OwnedAttempt;
import dev.revox.store.StoredAttempt;
import dev.revox.store.jdbc.sql.Nanos;
import dev.revox.store.jdbc.sql.Session;
import dev.revox.store.jdbc.sql.TenantColumn;
import dev.revox.store.jdbc.sql.TextColumn;
import dev.revox.store.node.NodeId;
import dev.revox.wire.stored.StoredForm;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of {@code revox_attempt}. <b>Thread:</b> Immutable. */
public final class AttemptRows {
    private AttemptRows() {}

    /** Inserts or replaces a row, of an order whose own row is locked. */
    public static void put(Session session, PlacedOrder order, StoredAttempt row, long sequence) throws SQLException {
        String tenant = TenantColumn.of(order.organizationId());
        String id = row.attempt().id();
        @Nullable String owner = row.owner().map(NodeId::name).orElse(null);
        @Nullable Long life = row.owner().map(NodeId::incarnation).orElse(null);
        @Nullable String line = row.line().orElse(null);
        @Nullable Long holds = row.attempt().ended() ? Nanos.orNull(row.holdsUntil()) : null;
        @Nullable Long started = Nanos.orNull(row.attempt().startedAt());
        boolean live = !row.attempt().ended();
        String body = StoredForm.attempt(row);
        // What is new is nearly always live: it is inserted first, what has ended is replaced first.
        if (live && insert(session, order, id, sequence, true, owner, life, line, holds, started, body)) {
            return;
        }
        int replaced = session.update(
                "UPDATE revox_attempt SET live = ?, owner_name = ?, owner_life = ?, line = ?, holds_until = ?,"
                        + " started_at = ?, body = ? WHERE tenant = ? AND order_id = ? AND id = ?",
                live,
                owner,
                life,
                line,
                holds,
                started,
                body,
                tenant,
                order.id(),
                id);
        if (replaced == 0) {
            boolean unused = insert(session, order, id, sequence, live, owner, life, line, holds, started, body);
        }
    }

    private static boolean insert(
            Session session,
            PlacedOrder order,
            String id,
            long sequence,
            boolean live,
            @Nullable String owner,
            @Nullable Long life,
            @Nullable String line,
            @Nullable Long holds,
            @Nullable Long started,
            String body)
            throws SQLException {
        return session.insertUnlessThere(
                "INSERT INTO revox_attempt (tenant, order_id, id, seq, live, owner_name, owner_life, line,"
                        + " concurrency_key, holds_until, to_number, started_at, body)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                TenantColumn.of(order.organizationId()),
                order.id(),
                id,
                sequence,
                live,
                owner,
                life,
                line,
                order.concurrency().map(ConcurrencyLimit::key).orElse(null),
                holds,
                order.to().e164(),
                started,
                body);
    }

    /** An order's attempts, newest first. */
    public static List<StoredAttempt> of(Session session, OrderKey key) throws SQLException {
        List<String> bodies = session.query(
                "SELECT body FROM revox_attempt WHERE tenant = ? AND order_id = ? ORDER BY seq DESC",
                row -> TextColumn.read(row, 1),
                TenantColumn.of(key.tenant()),
                key.id());
        return bodies.stream().map(StoredForm::attempt).toList();
    }

    /**
     * Attempts and who holds them.
     *
     * @param condition what follows the table's name, which is also its alias {@code a}
     */
    public static List<OwnedAttempt> owned(Session session, String condition, @Nullable Object... parameters)
            throws SQLException {
        return session.query(
                "SELECT a.tenant, a.order_id, a.id, a.owner_name, a.owner_life FROM revox_attempt a " + condition,
                row -> new OwnedAttempt(
                        OrderRows.key(row),
                        TextColumn.read(row, 3),
                        new NodeId(TextColumn.read(row, 4), row.getLong(5))),
                parameters);
    }
}
