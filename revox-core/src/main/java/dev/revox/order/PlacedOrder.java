package dev.revox.order;

import dev.revox.assistant.Assistant;
import dev.revox.assistant.LlmModel;
import dev.revox.assistant.sound.Speaking;
import dev.revox.attempt.CallOutcome;
import dev.revox.phone.PhoneNumber;
import dev.revox.phone.RecipientZones;
import dev.revox.schedule.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An accepted order as it is stored: what was asked, what it came to mean, and where it stands. Its attempts are rows of their
 * own and are passed beside it.
 *
 * <p>The effective values are fixed when it is placed: an assistant or a default that changes later does not change it.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param to the number that receives the call; for an inbound call one of our own
 * @param scheduledAt as asked, even when it lay in the past
 * @param organizationId the effective tenant
 * @param assistant the snapshot taken when the order was placed
 * @param from the effective caller id, empty for the trunk's default
 * @param retryPolicy the effective policy
 * @param model the effective language model
 * @param firstSentenceDelay the effective delay
 * @param zones where the recipient's clock may stand
 * @param paused kept apart from the status, which stays as it was
 * @param version goes up by one with every change, for optimistic locking
 */
public record PlacedOrder(
        String id,
        Direction direction,
        PhoneNumber to,
        boolean forceNow,
        Optional<Instant> scheduledAt,
        Optional<ConcurrencyLimit> concurrency,
        Map<String, String> promptVariables,
        Map<String, String> metadata,
        Optional<String> organizationId,
        Optional<String> idempotencyKey,
        Optional<CampaignRef> campaign,
        Assistant assistant,
        Optional<PhoneNumber> from,
        RetryPolicy retryPolicy,
        LlmModel model,
        Duration firstSentenceDelay,
        RecipientZones zones,
        OrderStatus status,
        boolean paused,
        Optional<CallOutcome> outcome,
        Optional<String> outcomeSummary,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    public PlacedOrder {
        promptVariables = Collections.unmodifiableMap(new LinkedHashMap<>(promptVariables));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * An order just accepted, {@code initializing} and of version 0. Effective values are order over assistant over the defaults
     * of the page; the engine's own defaults are put on top with the {@code with...} methods.
     *
     * @param snapshot the assistant, with an identity
     */
    public static PlacedOrder accepted(
            CallOrder order, String id, Assistant snapshot, RecipientZones zones, Instant now) {
        return new PlacedOrder(
                id,
                Direction.OUTBOUND,
                order.to(),
                order.forceNow(),
                order.scheduledAt(),
                order.concurrency(),
                order.promptVariables(),
                order.metadata(),
                order.organizationId(),
                order.idempotencyKey(),
                Optional.empty(),
                snapshot,
                order.from().or(snapshot::fromPhoneNumber),
                effectivePolicy(order, snapshot),
                snapshot.model().orElse(LlmModel.Dedicated.GPT_4_1),
                snapshot.speaking().firstSentenceDelay().orElse(Speaking.DEFAULT_FIRST_SENTENCE_DELAY),
                zones,
                OrderStatus.INITIALIZING,
                false,
                Optional.empty(),
                Optional.empty(),
                now,
                now,
                0);
    }

    private static RetryPolicy effectivePolicy(CallOrder order, Assistant snapshot) {
        return order.retryPolicy().or(snapshot::retryPolicy).orElse(RetryPolicy.DEFAULT);
    }

    /** True once nothing more will be dialled for it. */
    public boolean settled() {
        return switch (status) {
            case COMPLETED, CANCELLED, ERRORED -> true;
            case INITIALIZING, SCHEDULED, QUEUED_FOR_CALLING, CALLING -> false;
        };
    }

    public PlacedOrder withStatus(OrderStatus newStatus, Instant now) {
        return changed(now, newStatus, paused, outcome, outcomeSummary);
    }

    public PlacedOrder withPaused(boolean nowPaused, Instant now) {
        return changed(now, status, nowPaused, outcome, outcomeSummary);
    }

    public PlacedOrder withOutcome(Optional<CallOutcome> found, Optional<String> summary, Instant now) {
        return changed(now, status, paused, found, summary);
    }

    /** Notes that something beside the order itself has changed, such as one of its attempts. */
    public PlacedOrder touched(Instant now) {
        return changed(now, status, paused, outcome, outcomeSummary);
    }

    /** The same version of an order under a campaign. */
    public PlacedOrder withCampaign(CampaignRef owner) {
        return new PlacedOrder(
                id,
                direction,
                to,
                forceNow,
                scheduledAt,
                concurrency,
                promptVariables,
                metadata,
                organizationId,
                idempotencyKey,
                Optional.of(owner),
                assistant,
                from,
                retryPolicy,
                model,
                firstSentenceDelay,
                zones,
                status,
                paused,
                outcome,
                outcomeSummary,
                createdAt,
                updatedAt,
                version);
    }

    /** The same version of an order with other effective values, for the engine's defaults. */
    public PlacedOrder withEffective(
            Optional<String> tenantId, Optional<PhoneNumber> caller, RetryPolicy policy, LlmModel languageModel) {
        return new PlacedOrder(
                id,
                direction,
                to,
                forceNow,
                scheduledAt,
                concurrency,
                promptVariables,
                metadata,
                tenantId,
                idempotencyKey,
                campaign,
                assistant,
                caller,
                policy,
                languageModel,
                firstSentenceDelay,
                zones,
                status,
                paused,
                outcome,
                outcomeSummary,
                createdAt,
                updatedAt,
                version);
    }

    private PlacedOrder changed(
            Instant now,
            OrderStatus newStatus,
            boolean nowPaused,
            Optional<CallOutcome> newOutcome,
            Optional<String> newSummary) {
        return new PlacedOrder(
                id,
                direction,
                to,
                forceNow,
                scheduledAt,
                concurrency,
                promptVariables,
                metadata,
                organizationId,
                idempotencyKey,
                campaign,
                assistant,
                from,
                retryPolicy,
                model,
                firstSentenceDelay,
                zones,
                newStatus,
                nowPaused,
                newOutcome,
                newSummary,
                createdAt,
                now,
                version + 1);
    }

    @Override
    public String toString() {
        return "PlacedOrder[" + id + ", " + status + ", version=" + version + "]";
    }
}
