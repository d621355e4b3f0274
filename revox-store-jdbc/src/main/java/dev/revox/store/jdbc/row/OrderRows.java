package dev.revox.store.jdbc.row;

import dev.revox.attempt.CallOutcome;
import dev.revox.order.CampaignRef;
import dev.revox.order.ConcurrencyLimit;
import dev.revox.order.OrderKey;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.store.StoredOrder;
import dev.revox.store.Transition;
import dev.revox.store.jdbc.sql.Dialect;
import dev.revox.store.jdbc.sql.Nanos;
import dev.revox.store.jdbc.sql.Session;
import dev.revox.store.jdbc.sql.TenantColumn;
import dev.revox.store.jdbc.sql.TextColumn;
import dev.revox.wire.stored.OrderState;
import dev.revox.wire.stored.StoredForm;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of {@code revox_order}. <b>Thread:</b> Thread-safe. */
public final class OrderRows {
    private static final String COLUMNS =
            "body, snapshot, status, paused, outcome, outcome_summary, updated_at, version, due_at, reported";

    /** A table {@code k} of the tenants and the ids that two arrays hold. */
    static final String GIVEN_KEYS = "UNNEST(CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY)) AS k(tenant, id)";

    private static final List<String> UPDATED_TYPES = List.of(
            "text", "bool", "bool", "int8", "int8", "text", "text", "int8", "int8", "text", "text", "int8", "int8");

    private static final String UPDATE_TOGETHER = "UPDATE revox_order o SET status = v.status, paused = v.paused,"
            + " reported = v.reported, version = v.version, due_at = v.due_at, outcome = v.outcome,"
            + " outcome_summary = v.outcome_summary, updated_at = v.updated_at, fence = GREATEST(o.fence, v.claim)"
            + " FROM UNNEST(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WITH ORDINALITY AS v(status, paused, reported, version,"
            + " due_at, outcome, outcome_summary, updated_at, claim, tenant, id, expected, token, number)"
            + " WHERE o.tenant = v.tenant AND o.id = v.id AND o.version = v.expected AND o.fence <= v.token"
            + " RETURNING v.number";

    private final Snapshots snapshots;

    public OrderRows(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    /** A row as it came, before its texts are read. */
    private record Raw(String body, String snapshot, OrderState state, Optional<Instant> dueAt, boolean reported) {}

    /**
     * Adds a row, unless one with its key or its idempotency key is there.
     *
     * @return false when one is there
     */
    public boolean insert(Session session, StoredOrder row, Snapshots.Content content, long fence) throws SQLException {
        PlacedOrder order = row.order();
        boolean added = session.insertUnlessThere(
                "INSERT INTO revox_order (tenant, id, status, paused, reported, version, fence, due_at, to_number,"
                        + " concurrency_key, concurrency_max, idempotency_key, campaign_id, outcome, outcome_summary,"
                        + " created_at, updated_at, snapshot, body)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                TenantColumn.of(order.organizationId()),
                order.id(),
                order.status().name(),
                order.paused(),
                row.reported(),
                order.version(),
                fence,
                Nanos.orNull(row.dueAt()),
                order.to().e164(),
                order.concurrency().map(ConcurrencyLimit::key).orElse(null),
                order.concurrency().map(ConcurrencyLimit::max).orElse(null),
                order.idempotencyKey().orElse(null),
                order.campaign().map(CampaignRef::id).orElse(null),
                order.outcome().map(Enum::name).orElse(null),
                order.outcomeSummary().orElse(null),
                Nanos.of(order.createdAt()),
                Nanos.of(order.updatedAt()),
                content.hash(),
                StoredForm.order(order));
        if (added) {
            insertTags(session, order);
        }
        return added;
    }

    private static void insertTags(Session session, PlacedOrder order) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (long tag : tags(order.metadata())) {
            rows.add(new @Nullable Object[] {
                TenantColumn.of(order.organizationId()), tag, Nanos.of(order.createdAt()), order.id()
            });
        }
        session.batch("INSERT INTO revox_order_tag (tenant, tag, created_at, order_id) VALUES (?, ?, ?, ?)", rows);
    }

    /** What a member of the metadata is found by. */
    public static List<Long> tags(Map<String, String> metadata) {
        return metadata.entrySet().stream()
                .map(entry -> Digest.tag(entry.getKey(), entry.getValue()))
                .distinct()
                .toList();
    }

    /**
     * Changes a row if it is still at a version and, for a writer with a token, not claimed with a higher one.
     *
     * @param token 0 for a writer without one
     * @param fence its new token, when the writer claims it
     */
    public boolean update(Session session, StoredOrder row, long expectedVersion, long token, Optional<Long> fence)
            throws SQLException {
        PlacedOrder order = row.order();
        List<@Nullable Object> values = new ArrayList<>();
        values.add(order.status().name());
        values.add(order.paused());
        values.add(row.reported());
        values.add(order.version());
        values.add(Nanos.orNull(row.dueAt()));
        values.add(order.outcome().map(Enum::name).orElse(null));
        values.add(order.outcomeSummary().orElse(null));
        values.add(Nanos.of(order.updatedAt()));
        fence.ifPresent(values::add);
        values.add(TenantColumn.of(order.organizationId()));
        values.add(order.id());
        values.add(expectedVersion);
        if (token != 0) {
            values.add(token);
        }
        return session.update(
                        "UPDATE revox_order SET status = ?, paused = ?, reported = ?, version = ?, due_at = ?,"
                                + " outcome = ?, outcome_summary = ?, updated_at = ?"
                                + (fence.isPresent() ? ", fence = ?" : "")
                                + " WHERE tenant = ? AND id = ? AND version = ?"
                                + (token == 0 ? "" : " AND fence <= ?"),
                        values.toArray())
                == 1;
    }

    /**
     * Changes rows, each as {@link #update} does.
     *
     * @return for each whether it was changed
     */
    public static boolean[] updateAll(Session session, List<Transition> transitions) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>(transitions.size());
        for (Transition transition : transitions) {
            PlacedOrder order = transition.order().order();
            rows.add(new @Nullable Object[] {
                order.status().name(),
                order.paused(),
                transition.order().reported(),
                order.version(),
                Nanos.orNull(transition.order().dueAt()),
                order.outcome().map(Enum::name).orElse(null),
                order.outcomeSummary().orElse(null),
                Nanos.of(order.updatedAt()),
                // A fence only ever rises.
                transition.claims() ? transition.token() : 0L,
                TenantColumn.of(order.organizationId()),
                order.id(),
                transition.expectedVersion(),
                transition.fencingToken() == Transition.UNFENCED ? Long.MAX_VALUE : transition.fencingToken()
            });
        }
        if (session.dialect() == Dialect.POSTGRESQL) {
            return session.updateTogether(UPDATE_TOGETHER, UPDATED_TYPES, rows);
        }
        int[] counts = session.batchCounts(
                "UPDATE revox_order SET status = ?, paused = ?, reported = ?, version = ?, due_at = ?, outcome = ?,"
                        + " outcome_summary = ?, updated_at = ?, fence = GREATEST(fence, ?)"
                        + " WHERE tenant = ? AND id = ? AND version = ? AND fence <= ?",
                rows);
        boolean[] changed = new boolean[counts.length];
        for (int i = 0; i < counts.length; i++) {
            changed[i] = counts[i] == 1;
        }
        return changed;
    }

    public Optional<StoredOrder> one(Session session, String condition, @Nullable Object... parameters)
            throws SQLException {
        return select(session, condition, parameters).stream().findFirst();
    }

    /**
     * Whole orders.
     *
     * @param condition what follows the table's name, which is also its alias {@code o}
     */
    public List<StoredOrder> select(Session session, String condition, @Nullable Object... parameters)
            throws SQLException {
        List<Raw> found =
                session.query("SELECT " + COLUMNS + " FROM revox_order o " + condition, OrderRows::raw, parameters);
        List<StoredOrder> orders = new ArrayList<>(found.size());
        for (Raw raw : found) {
            PlacedOrder order = StoredForm.order(raw.body(), snapshots.content(session, raw.snapshot()), raw.state());
            orders.add(new StoredOrder(order, raw.dueAt(), raw.reported()));
        }
        return orders;
    }

    /** Whole orders by their keys; those that are not there are left out. */
    public List<StoredOrder> all(Session session, Collection<OrderKey> keys) throws SQLException {
        return select(
                session, "JOIN " + GIVEN_KEYS + " ON o.tenant = k.tenant AND o.id = k.id", tenants(keys), ids(keys));
    }

    static String[] tenants(Collection<OrderKey> keys) {
        return keys.stream().map(key -> TenantColumn.of(key.tenant())).toArray(String[]::new);
    }

    static String[] ids(Collection<OrderKey> keys) {
        return keys.stream().map(OrderKey::id).toArray(String[]::new);
    }

    /**
     * Tenants and ids of orders.
     *
     * @param condition what follows the table's name, which is also its alias {@code o}
     */
    public static List<OrderKey> keys(Session session, String condition, @Nullable Object... parameters)
            throws SQLException {
        return session.query("SELECT o.tenant, o.id FROM revox_order o " + condition, OrderRows::key, parameters);
    }

    /** A key whose columns come first. */
    public static OrderKey key(ResultSet row) throws SQLException {
        return new OrderKey(TenantColumn.tenant(TextColumn.read(row, 1)), TextColumn.read(row, 2));
    }

    private static Raw raw(ResultSet row) throws SQLException {
        OrderState state = new OrderState(
                OrderStatus.valueOf(row.getString(3)),
                row.getBoolean(4),
                Optional.ofNullable(row.getString(5)).map(CallOutcome::valueOf),
                TextColumn.readOptional(row, 6),
                Nanos.instant(row.getLong(7)),
                row.getLong(8));
        long due = row.getLong(9);
        Optional<Instant> dueAt = row.wasNull() ? Optional.empty() : Optional.of(Nanos.instant(due));
        return new Raw(TextColumn.read(row, 1), row.getString(2), state, dueAt, row.getBoolean(10));
    }
}
