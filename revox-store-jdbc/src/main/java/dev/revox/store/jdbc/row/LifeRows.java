package dev.revox.store.jdbc.row;

import dev.revox.order.OrderKey;
import dev.revox.order.OrderStatus;
import dev.revox.store.HistoryEntry;
import dev.revox.store.OutboxEntry;
import dev.revox.store.Transition;
import dev.revox.store.jdbc.sql.Nanos;
import dev.revox.store.jdbc.sql.Session;
import dev.revox.store.jdbc.sql.TenantColumn;
import dev.revox.store.jdbc.sql.TextColumn;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that are only ever added: {@code revox_history} and {@code revox_outbox}. <b>Thread:</b> Immutable. */
public final class LifeRows {
    private static final long PER_VERSION = 1000;
    private static final String HISTORY =
            "INSERT INTO revox_history (tenant, order_id, seq, happened_at, status, cause, why)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)";

    private LifeRows() {}

    /** Numbers that go up with an order's versions, so that no counter is needed. */
    public static long sequence(long version, int index) {
        return version * PER_VERSION + index;
    }

    public static void addHistory(Session session, OrderKey key, long version, List<HistoryEntry> events)
            throws SQLException {
        session.batch(HISTORY, historyRows(key, version, events));
    }

    private static List<@Nullable Object[]> historyRows(OrderKey key, long version, List<HistoryEntry> events) {
        List<@Nullable Object[]> rows = new ArrayList<>(events.size());
        for (HistoryEntry event : events) {
            rows.add(new @Nullable Object[] {
                TenantColumn.of(key.tenant()),
                key.id(),
                sequence(version, rows.size()),
                Nanos.of(event.at()),
                event.status().name(),
                event.cause().name(),
                event.why()
            });
        }
        return rows;
    }

    /** The histories of many transitions. */
    public static void addHistories(Session session, List<Transition> transitions) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>(transitions.size());
        for (Transition transition : transitions) {
            long version = transition.order().order().version();
            rows.addAll(historyRows(transition.key(), version, transition.events()));
        }
        session.batch(HISTORY, rows);
    }

    public static void addOutbox(Session session, OrderKey key, long version, List<OutboxEntry> entries)
            throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>(entries.size());
        for (OutboxEntry entry : entries) {
            rows.add(new @Nullable Object[] {
                TenantColumn.of(key.tenant()),
                key.id(),
                sequence(version, rows.size()),
                entry.eventId(),
                entry.channel().name(),
                Nanos.of(entry.createdAt())
            });
        }
        session.batch(
                "INSERT INTO revox_outbox (tenant, order_id, seq, event_id, channel, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                rows);
    }

    public static List<HistoryEntry> history(Session session, OrderKey key) throws SQLException {
        return session.query(
                "SELECT happened_at, status, cause, why FROM revox_history WHERE tenant = ? AND order_id = ? ORDER BY seq",
                row -> new HistoryEntry(
                        Nanos.instant(row.getLong(1)),
                        OrderStatus.valueOf(row.getString(2)),
                        HistoryEntry.Cause.valueOf(row.getString(3)),
                        TextColumn.read(row, 4)),
                TenantColumn.of(key.tenant()),
                key.id());
    }

    public static List<OutboxEntry> outbox(Session session, OrderKey key) throws SQLException {
        return session.query(
                "SELECT event_id, channel, created_at FROM revox_outbox WHERE tenant = ? AND order_id = ? ORDER BY seq",
                row -> new OutboxEntry(
                        TextColumn.read(row, 1),
                        OutboxEntry.Channel.valueOf(row.getString(2)),
                        Nanos.instant(row.getLong(3))),
                TenantColumn.of(key.tenant()),
                key.id());
    }
}
