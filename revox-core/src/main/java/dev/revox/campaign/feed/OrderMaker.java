package dev.revox.campaign.feed;

import dev.revox.order.CallOrder;
import dev.revox.order.InvalidOrderException;
import dev.revox.order.PlacedOrder;
import java.time.Instant;

/** Makes an order as {@code place} does, without storing it. <b>Thread:</b> Thread-safe. */
@FunctionalInterface
public interface OrderMaker {
    /**
     * The order, just accepted.
     *
     * @throws InvalidOrderException with everything that is wrong with it
     */
    PlacedOrder accepted(CallOrder order, String id, Instant now);
}
