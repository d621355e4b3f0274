package dev.revox.store;

import dev.revox.order.OrderStatus;
import java.time.Instant;

/**
 * One line of an order's life. It holds no number and no spoken text.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param status the order's status from here on
 * @param cause what made it so
 * @param why in words, for people
 */
public record HistoryEntry(Instant at, OrderStatus status, Cause cause, String why) {
    /** What can happen to an order. */
    public enum Cause {
        PLACED,
        /** It waits for an instant. */
        PLANNED,
        /** It is due and waits for a slot or a line. */
        QUEUED,
        /** An attempt begins. */
        DIALLED,
        /** Somebody called us. */
        ARRIVED,
        ATTEMPT_ENDED,
        /** An attempt was closed because the engine that made it is gone. */
        ATTEMPT_LOST,
        PAUSED,
        RESUMED,
        CANCELLED,
        /** Nothing more will be dialled, without an attempt having decided it. */
        SETTLED,
        ANALYSED,
        REPORTED
    }
}
