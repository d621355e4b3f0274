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
 * @param dueAt when its next attempt is to be planned; empty while one is live and once it is settled
 */
public record StoredOrder(PlacedOrder order, Optional<Instant> dueAt) {
    public OrderKey key() {
        return OrderKey.of(order);
    }
}
