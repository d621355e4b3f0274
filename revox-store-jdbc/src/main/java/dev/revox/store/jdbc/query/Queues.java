package dev.revox.store.jdbc.query;

import dev.revox.order.OrderKey;
import dev.revox.store.OwnedAttempt;
import dev.revox.store.jdbc.row.AttemptRows;
import dev.revox.store.jdbc.row.OrderRows;
import dev.revox.store.jdbc.sql.Dialect;
import dev.revox.store.jdbc.sql.Nanos;
import dev.revox.store.jdbc.sql.Session;
import dev.revox.store.node.NodeId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What is to be done next. The conditions are written out as the partial indexes have them. <b>Thread:</b> Immutable. */
public final class Queues {
    private static final String QUEUED = "status = 'QUEUED_FOR_CALLING' AND NOT paused";
    private static final String LIMIT = " FETCH FIRST ? ROWS ONLY";

    private static final Comparator<Head> BY_DUE =
            Comparator.comparingLong(Head::due).thenComparing(head -> head.key().id());

    /** The first of each concurrency key, by walking from key to key along the index: as many steps as there are keys. */
    private static final String HEADS_POSTGRESQL =
            "WITH RECURSIVE heads AS ((SELECT tenant, id, due_at, concurrency_key, concurrency_max FROM revox_order"
                    + " WHERE " + QUEUED + " AND concurrency_key IS NOT NULL"
                    + " ORDER BY tenant, concurrency_key, due_at, id LIMIT 1)"
                    + " UNION ALL SELECT n.* FROM heads h CROSS JOIN LATERAL"
                    + " (SELECT tenant, id, due_at, concurrency_key, concurrency_max FROM revox_order"
                    + " WHERE " + QUEUED + " AND concurrency_key IS NOT NULL"
                    + " AND (tenant, concurrency_key) > (h.tenant, h.concurrency_key)"
                    + " ORDER BY tenant, concurrency_key, due_at, id LIMIT 1) n) SELECT * FROM heads h";

    private static final String HEADS_H2 =
            "SELECT * FROM (SELECT tenant, id, due_at, concurrency_key, concurrency_max, ROW_NUMBER() OVER"
                    + " (PARTITION BY tenant, concurrency_key ORDER BY due_at, id) AS place FROM revox_order"
                    + " WHERE " + QUEUED + " AND concurrency_key IS NOT NULL) h WHERE place = 1";

    private static final String WITH_A_SLOT =
            " (SELECT COUNT(*) FROM revox_attempt a WHERE a.tenant = h.tenant AND a.concurrency_key = h.concurrency_key"
                    + " AND (a.live OR a.holds_until IS NOT NULL) AND (a.live OR a.holds_until > ?)) < h.concurrency_max";

    private Queues() {}

    private record Head(OrderKey key, long due) {}

    public static List<OrderKey> dialable(Session session, Instant now, int most) throws SQLException {
        List<Head> free = session.query(
                "SELECT tenant, id, due_at FROM revox_order WHERE " + QUEUED
                        + " AND concurrency_key IS NULL AND due_at IS NOT NULL ORDER BY due_at, id" + LIMIT,
                row -> new Head(OrderRows.key(row), row.getLong(3)),
                most);
        String heads = session.dialect() == Dialect.H2
                ? HEADS_H2 + " AND" + WITH_A_SLOT
                : HEADS_POSTGRESQL + " WHERE" + WITH_A_SLOT;
        List<Head> first = session.query(heads, row -> new Head(OrderRows.key(row), row.getLong(3)), Nanos.of(now));
        List<Head> all = new ArrayList<>(free);
        all.addAll(first);
        Stream<Head> sorted = all.stream().sorted(BY_DUE);
        return sorted.limit(most).map(Head::key).toList();
    }

    public static List<OrderKey> overdue(Session session, Instant until, int most) throws SQLException {
        return OrderRows.keys(
                session,
                "WHERE status IN ('INITIALIZING', 'SCHEDULED') AND NOT paused AND due_at <= ? ORDER BY due_at, id"
                        + LIMIT,
                Nanos.of(until),
                most);
    }

    public static List<OrderKey> unreported(Session session, Instant settledBefore, int most) throws SQLException {
        return OrderRows.keys(
                session,
                "WHERE status IN ('COMPLETED', 'CANCELLED', 'ERRORED') AND NOT reported AND updated_at < ?"
                        + " ORDER BY updated_at, id" + LIMIT,
                Nanos.of(settledBefore),
                most);
    }

    public static List<OwnedAttempt> orphans(Session session, int most) throws SQLException {
        return AttemptRows.owned(
                session,
                "WHERE live AND owner_name IS NOT NULL AND NOT EXISTS (SELECT 1 FROM revox_node n"
                        + " WHERE n.name = a.owner_name AND n.life = a.owner_life) ORDER BY started_at, id" + LIMIT,
                most);
    }

    public static List<OwnedAttempt> held(Session session, NodeId owner) throws SQLException {
        return AttemptRows.owned(
                session,
                "WHERE live AND owner_name = ? AND owner_life = ? ORDER BY started_at, id",
                owner.name(),
                owner.incarnation());
    }

    public static List<OwnedAttempt> cancelled(Session session, NodeId owner) throws SQLException {
        return AttemptRows.owned(
                session,
                "JOIN revox_order o ON o.tenant = a.tenant AND o.id = a.order_id"
                        + " WHERE a.live AND a.owner_name = ? AND a.owner_life = ? AND o.status = 'CANCELLED'"
                        + " ORDER BY a.started_at, a.id",
                owner.name(),
                owner.incarnation());
    }
}
