package dev.revox.wire.stored;

import dev.revox.attempt.CallOutcome;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import java.time.Instant;
import java.util.Optional;

/** What changes of an order after it was placed. Its {@code toString} holds no text. <b>Thread:</b> Immutable. */
public record OrderState(
        OrderStatus status,
        boolean paused,
        Optional<CallOutcome> outcome,
        Optional<String> outcomeSummary,
        Instant updatedAt,
        long version) {
    public static OrderState of(PlacedOrder order) {
        return new OrderState(
                order.status(),
                order.paused(),
                order.outcome(),
                order.outcomeSummary(),
                order.updatedAt(),
                order.version());
    }

    @Override
    public String toString() {
        return "OrderState[" + status + ", version=" + version + "]";
    }
}
