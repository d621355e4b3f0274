package dev.revox.job;

import dev.revox.order.OrderKey;
import java.time.Instant;

/**
 * A hint that something about an order is due. There is at most one of a kind per subject: a newer one replaces it.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param subject what it is about within the order: an attempt's id, or the order's own
 */
public record Job(Kind kind, OrderKey order, String subject, Instant due) {
    /** What is due. */
    public enum Kind {
        /** Plan, and dial if the plan says so. */
        ATTEMPT,
        /** Work out what a finished attempt meant. */
        ANALYSIS
    }

    public static Job attempt(OrderKey order, Instant due) {
        return new Job(Kind.ATTEMPT, order, order.id(), due);
    }

    public static Job analysis(OrderKey order, String attemptId, Instant due) {
        return new Job(Kind.ANALYSIS, order, attemptId, due);
    }
}
