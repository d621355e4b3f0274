package dev.revox.job;

import dev.revox.order.OrderKey;
import java.time.Instant;
import java.util.Optional;

/**
 * A hint that something about an order or a campaign is due. There is at most one of a kind per subject: a newer one replaces it.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param order the order, or for {@link Kind#CAMPAIGN} the tenant and id of the campaign
 * @param subject what it is about within the order: an attempt's id, or the order's own
 */
public record Job(Kind kind, OrderKey order, String subject, Instant due) {
    /** What is due. */
    public enum Kind {
        /** Plan, and dial if the plan says so. */
        ATTEMPT,
        /** Work out what a finished attempt meant. */
        ANALYSIS,
        /** Look after a campaign. */
        CAMPAIGN
    }

    public static Job attempt(OrderKey order, Instant due) {
        return new Job(Kind.ATTEMPT, order, order.id(), due);
    }

    public static Job campaign(Optional<String> tenant, String campaignId, Instant due) {
        return new Job(Kind.CAMPAIGN, new OrderKey(tenant, campaignId), campaignId, due);
    }

    public static Job analysis(OrderKey order, String attemptId, Instant due) {
        return new Job(Kind.ANALYSIS, order, attemptId, due);
    }
}
