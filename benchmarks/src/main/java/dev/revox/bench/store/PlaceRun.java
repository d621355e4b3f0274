package dev.revox.bench.store;

import dev.revox.job.Job;
import dev.revox.store.HistoryEntry;
import dev.revox.store.StoredOrder;
import dev.revox.store.Transition;
import dev.revox.store.jdbc.JdbcStore;
import dev.revox.testkit.contract.store.Rows;
import dev.revox.wire.stored.StoredForm;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;

/** Placing an order, beside inserting the same rows with plain JDBC: one transaction each, no batches. */
final class PlaceRun {
    private final BenchDatabase database;
    private final JdbcStore store;
    private final int orders;
    private int placed;

    PlaceRun(BenchDatabase database, JdbcStore store, int orders) {
        this.database = database;
        this.store = store;
        this.orders = orders;
    }

    private StoredOrder row() {
        return Rows.order("order-" + placed++, order -> order.idempotencyKey("key-" + placed));
    }

    /** Orders per second. */
    double throughTheStore() {
        long began = System.nanoTime();
        for (int i = 0; i < orders; i++) {
            StoredOrder row = row();
            store.commit(Transition.insert(row)
                    .with(new HistoryEntry(Rows.NOON, row.order().status(), HistoryEntry.Cause.PLACED, "placed"))
                    .with(Job.attempt(row.key(), Rows.NOON)));
        }
        return perSecond(began);
    }

    private double perSecond(long began) {
        return orders * 1e9 / (System.nanoTime() - began);
    }

    /** Orders per second. */
    double plainly() {
        String body = StoredForm.order(Rows.order("plain").order());
        long began = System.nanoTime();
        try {
            for (int i = 0; i < orders; i++) {
                try (Connection connection = database.connection()) {
                    connection.setAutoCommit(false);
                    insert(connection, row(), body);
                    connection.commit();
                    connection.setAutoCommit(true);
                }
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return perSecond(began);
    }

    private static void insert(Connection connection, StoredOrder row, String body) throws SQLException {
        String id = row.order().id();
        try (PreparedStatement order =
                connection.prepareStatement("INSERT INTO revox_order (tenant, id, status, paused,"
                        + " reported, version, fence, due_at, to_number, idempotency_key, created_at, updated_at, snapshot, body)"
                        + " VALUES ('', ?, 'INITIALIZING', FALSE, FALSE, 0, 0, ?, ?, ?, ?, ?, 'hash', ?)")) {
            order.setString(1, id);
            order.setLong(2, 1);
            order.setString(3, Rows.NUMBER.e164());
            order.setString(4, row.order().idempotencyKey().orElse(""));
            order.setLong(5, 1);
            order.setLong(6, 1);
            order.setString(7, body);
            int unused = order.executeUpdate();
        }
        try (PreparedStatement history = connection.prepareStatement("INSERT INTO revox_history (tenant, order_id, seq,"
                + " happened_at, status, cause, why) VALUES ('', ?, 0, ?, 'INITIALIZING', 'PLACED', 'placed')")) {
            history.setString(1, id);
            history.setLong(2, 1);
            int unused = history.executeUpdate();
        }
        try (PreparedStatement job = connection.prepareStatement("INSERT INTO revox_job (task_name, task_instance,"
                + " task_data, execution_time, picked, version) VALUES ('revox-attempt', ?, ?, ?, FALSE, 1)")) {
            job.setString(1, "~/" + id + "/" + id);
            job.setBytes(2, Rows.NOON.toString().getBytes(StandardCharsets.UTF_8));
            job.setObject(3, Rows.NOON.atOffset(ZoneOffset.UTC));
            int unused = job.executeUpdate();
        }
    }
}
