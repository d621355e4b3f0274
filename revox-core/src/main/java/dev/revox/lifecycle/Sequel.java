package dev.revox.lifecycle;

import dev.revox.order.OrderStatus;
import java.time.Instant;

/**
 * What becomes of an order after an attempt.
 *
 * <p><b>Thread:</b> Immutable.
 */
public sealed interface Sequel {
    /** Why, in words. */
    String why();

    /** Nothing more will be dialled. */
    record Settled(OrderStatus status, String why) implements Sequel {}

    /** There will be another attempt, not before this instant. */
    record Again(Instant at, String why) implements Sequel {}
}
