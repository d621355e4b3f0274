package dev.revox.store;

import dev.revox.store.search.OrderCursor;
import java.util.List;
import java.util.Optional;

/**
 * Some of the orders that a query finds, newest first.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param next where the next page begins; empty on the last one
 */
public record OrderPage(List<StoredOrder> orders, Optional<OrderCursor> next) {
    public OrderPage {
        orders = List.copyOf(orders);
    }
}
