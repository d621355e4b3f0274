package dev.revox.store.jdbc.commit;

import dev.revox.order.OrderKey;
import dev.revox.order.TenantKey;
import dev.revox.store.Beginning;
import dev.revox.store.StoreConflictException;
import dev.revox.store.StoreConflictException.Reason;
import dev.revox.store.jdbc.sql.Nanos;
import dev.revox.store.jdbc.sql.Session;
import dev.revox.store.jdbc.sql.TenantColumn;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * Judges whether an attempt may begin, in the transaction that writes its row.
 *
 * <p>Each statement of a READ COMMITTED transaction sees what was committed before that statement. So whoever begins an attempt
 * first CHANGES the row of the concurrency key and that of the line: a second one waits there until the first has committed,
 * and its counts, which come after, see the first one's attempt. Attempts that end need no lock, they only make room. Under a
 * stricter level the second one's change fails, and its transaction is run again.
 *
 * <p>The node's row is locked against deletion: whoever strikes the node off waits for the attempt's row, and finds it.
 *
 * <p><b>Thread:</b> Immutable.
 */
final class Conditions {
    private static final String HOLDING = "(live OR holds_until IS NOT NULL) AND (live OR holds_until > ?)";

    private Conditions() {}

    /** @param dueBefore when the order became due; {@code Long.MAX_VALUE} when it is not due */
    static void check(Session session, Beginning beginning, OrderKey order, long dueBefore) throws SQLException {
        if (!session.exists(
                "SELECT 1 FROM revox_node WHERE name = ? AND life = ?"
                        + session.dialect().keepThere(),
                beginning.node().name(),
                beginning.node().incarnation())) {
            throw new StoreConflictException(
                    Reason.FENCED, "this engine is not registered any more and may begin no attempt");
        }
        if (beginning.slot().isPresent()) {
            slot(session, beginning.slot().get(), order, dueBefore, beginning.now());
        }
        if (beginning.budget().isPresent()) {
            line(session, beginning.budget().get(), beginning.now());
        }
    }

    private static void slot(Session session, Beginning.Slot slot, OrderKey order, long dueBefore, Instant now)
            throws SQLException {
        String tenant = TenantColumn.of(slot.key().tenant());
        String key = slot.key().key();
        String lock = "UPDATE revox_slot SET begun = begun + 1 WHERE tenant = ? AND concurrency_key = ?";
        if (session.update(lock, tenant, key) == 0) {
            boolean unused = session.insertUnlessThere(
                    "INSERT INTO revox_slot (tenant, concurrency_key, begun) VALUES (?, ?, 0)", tenant, key);
            int unusedCount = session.update(lock, tenant, key);
        }
        boolean free = live(session, slot.key(), now) < slot.max();
        if (!free || waitsBehind(session, tenant, key, order, dueBefore)) {
            throw new StoreConflictException(
                    Reason.SLOT, "order " + order.id() + " must wait for a slot of its concurrency key");
        }
    }

    static long live(Session session, TenantKey key, Instant now) throws SQLException {
        return session.number(
                "SELECT COUNT(*) FROM revox_attempt WHERE tenant = ? AND concurrency_key = ? AND " + HOLDING,
                TenantColumn.of(key.tenant()),
                key.key(),
                Nanos.of(now));
    }

    private static boolean waitsBehind(Session session, String tenant, String key, OrderKey order, long dueBefore)
            throws SQLException {
        return session.exists(
                "SELECT 1 FROM revox_order WHERE status = 'QUEUED_FOR_CALLING' AND NOT paused AND tenant = ?"
                        + " AND concurrency_key = ? AND due_at <= ? AND (due_at < ? OR id < ?) AND id <> ?"
                        + " ORDER BY due_at, id FETCH FIRST 1 ROW ONLY",
                tenant,
                key,
                dueBefore,
                dueBefore,
                order.id(),
                order.id());
    }

    private static void line(Session session, Beginning.LineBudget budget, Instant now) throws SQLException {
        String lock = "UPDATE revox_line SET begun = begun + 1 WHERE name = ?";
        if (session.update(lock, budget.line()) == 0) {
            boolean unused = session.insertUnlessThere(
                    "INSERT INTO revox_line (name, begun, free_at) VALUES (?, 0, ?)", budget.line(), Long.MIN_VALUE);
            int unusedCount = session.update(lock, budget.line());
        }
        long freeAt = session.number("SELECT free_at FROM revox_line WHERE name = ?", budget.line());
        if (Nanos.of(now) < freeAt) {
            throw new StoreConflictException(Reason.LINE, "line " + budget.line() + " began a call a moment ago");
        }
        if (budget.maxCalls() > 0
                && session.number(
                                "SELECT COUNT(*) FROM revox_attempt WHERE line = ? AND " + HOLDING,
                                budget.line(),
                                Nanos.of(now))
                        >= budget.maxCalls()) {
            throw new StoreConflictException(Reason.LINE, "line " + budget.line() + " carries all the calls it can");
        }
        if (budget.spacing().compareTo(Duration.ZERO) > 0) {
            int unused = session.update(
                    "UPDATE revox_line SET free_at = ? WHERE name = ?",
                    Nanos.of(now.plus(budget.spacing())),
                    budget.line());
        }
    }
}
