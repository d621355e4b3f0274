package dev.revox.store.jdbc.row;

import dev.revox.order.ConcurrencyLimit;
import dev.revox.order.OrderKey;
import dev.revox.order.PlacedOrder;
import dev.revox.store.OwnedAttempt;
import dev.revox.store.StoredAttempt;
import dev.revox.store.Transition;
import dev.revox.store.jdbc.sql.Dialect;
import dev.revox.store.jdbc.sql.Nanos;
import dev.revox.store.jdbc.sql.Session;
import dev.revox.store.jdbc.sql.TenantColumn;
import dev.revox.store.jdbc.sql.TextColumn;
import dev.revox.store.node.NodeId;
import dev.revox.wire.stored.StoredForm;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of {@code revox_attempt}. <b>Thread:</b> Immutable. */
public final class AttemptRows {
    private static final String REPLACE =
            "UPDATE revox_attempt SET live = ?, owner_name = ?, owner_life = ?, line = ?, holds_until = ?,"
                    + " started_at = ?, body = ? WHERE tenant = ? AND order_id = ? AND id = ?";

    private static final List<String> REPLACED_TYPES =
            List.of("bool", "text", "int8", "text", "int8", "int8", "text", "text", "text", "text");

    private static final String REPLACE_TOGETHER =
            "UPDATE revox_attempt a SET live = v.live, owner_name = v.owner_name,"
                    + " owner_life = v.owner_life, line = v.line, holds_until = v.holds_until, started_at = v.started_at,"
                    + " body = v.body FROM UNNEST(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WITH ORDINALITY AS v(live, owner_name, owner_life,"
                    + " line, holds_until, started_at, body, tenant, order_id, id, number)"
                    + " WHERE a.tenant = v.tenant AND a.order_id = v.order_id AND a.id = v.id RETURNING v.number";

    private AttemptRows() {}

    /** Inserts or replaces a row, of an order whose own row is locked. */
    public static void put(Session session, PlacedOrder order, StoredAttempt row, long sequence) throws SQLException {
        String id = row.attempt().id();
        @Nullable String owner = row.owner().map(NodeId::name).orElse(null);
        @Nullable Long life = row.owner().map(NodeId::incarnation).orElse(null);
        @Nullable String line = row.line().orElse(null);
        @Nullable Long holds = holds(row);
        @Nullable Long started = Nanos.orNull(row.attempt().startedAt());
        boolean live = !row.attempt().ended();
        String body = StoredForm.attempt(row);
        // What is new is nearly always live: it is inserted first, what has ended is replaced first.
        if (live && insert(session, order, id, sequence, true, owner, life, line, holds, started, body)) {
            return;
        }
        int replaced = session.update(REPLACE, replacement(order, row));
        if (replaced == 0) {
            boolean unused = insert(session, order, id, sequence, live, owner, life, line, holds, started, body);
        }
    }

    /** Inserts or replaces the rows of transitions, whose orders' own rows are locked. */
    public static void putAll(Session session, List<Transition> transitions) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        List<Placing> placings = new ArrayList<>();
        for (Transition transition : transitions) {
            PlacedOrder order = transition.order().order();
            int index = 0;
            for (StoredAttempt attempt : transition.attempts()) {
                placings.add(new Placing(order, attempt, LifeRows.sequence(order.version(), index++)));
                rows.add(replacement(order, attempt));
            }
        }
        boolean[] replaced = replaceAll(session, rows);
        for (int i = 0; i < replaced.length; i++) {
            if (!replaced[i]) {
                Placing missing = placings.get(i);
                put(session, missing.order(), missing.attempt(), missing.sequence());
            }
        }
    }

    private static boolean[] replaceAll(Session session, List<@Nullable Object[]> rows) throws SQLException {
        if (session.dialect() == Dialect.POSTGRESQL) {
            return session.updateTogether(REPLACE_TOGETHER, REPLACED_TYPES, rows);
        }
        int[] counts = session.batchCounts(REPLACE, rows);
        boolean[] replaced = new boolean[counts.length];
        for (int i = 0; i < counts.length; i++) {
            replaced[i] = counts[i] != 0;
        }
        return replaced;
    }

    private record Placing(PlacedOrder order, StoredAttempt attempt, long sequence) {}

    private static @Nullable Object[] replacement(PlacedOrder order, StoredAttempt row) {
        return new @Nullable Object[] {
            !row.attempt().ended(),
            row.owner().map(NodeId::name).orElse(null),
            row.owner().map(NodeId::incarnation).orElse(null),
            row.line().orElse(null),
            holds(row),
            Nanos.orNull(row.attempt().startedAt()),
            StoredForm.attempt(row),
            TenantColumn.of(order.organizationId()),
            order.id(),
            row.attempt().id()
        };
    }

    private static @Nullable Long holds(StoredAttempt row) {
        return row.attempt().ended() ? Nanos.orNull(row.holdsUntil()) : null;
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

    /** The attempts of orders, newest first. */
    public static Map<OrderKey, List<StoredAttempt>> of(Session session, Collection<OrderKey> keys)
            throws SQLException {
        Map<OrderKey, List<StoredAttempt>> found = new HashMap<>();
        List<Map.Entry<OrderKey, String>> bodies = session.query(
                "SELECT a.tenant, a.order_id, a.body FROM revox_attempt a JOIN " + OrderRows.GIVEN_KEYS
                        + " ON a.tenant = k.tenant AND a.order_id = k.id ORDER BY a.seq DESC",
                row -> Map.entry(OrderRows.key(row), TextColumn.read(row, 3)),
                OrderRows.tenants(keys),
                OrderRows.ids(keys));
        bodies.forEach(entry -> found.computeIfAbsent(entry.getKey(), unused -> new ArrayList<>())
                .add(StoredForm.attempt(entry.getValue())));
        return found;
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
