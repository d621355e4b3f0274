package dev.revox.store;

import dev.revox.order.OrderKey;
import dev.revox.order.PlacedOrder;
import java.time.Instant;
import java.util.Optional;

/**
 * An order's row: the order, and when it is due next. The row is the truth; jobs are hints made from it.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param dueAt when its next attempt is to be planned, and while it is queued when it became due; empty while an attempt is
 *     live, while a pause of its campaign holds it, and once it is settled
 * @param reported true once everything about it is final and has been told
 */
public record StoredOrder(PlacedOrder order, Optional<Instant> dueAt, boolean reported) {
    public static StoredOrder of(PlacedOrder order, Optional<Instant> dueAt) {
        return new StoredOrder(order, dueAt, false);
    }

    public OrderKey key() {
        return OrderKey.of(order);
    }

    /** The same row of a changed order. */
    public StoredOrder with(PlacedOrder changed) {
        return new StoredOrder(changed, dueAt, reported);
    }
}
