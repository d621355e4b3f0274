package dev.revox.order;

import dev.revox.assistant.Assistant;
import dev.revox.phone.PhoneNumber;
import dev.revox.schedule.RetryPolicy;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The host's wish to have one person called, with everything it depends on: what {@code place} takes.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param assistant given inline; {@code assistantId} wins over it
 * @param retryPolicy set through the Java API only; the page gives it through the assistant
 */
public record CallOrder(
        PhoneNumber to,
        Optional<Assistant> assistant,
        Optional<String> assistantId,
        Optional<PhoneNumber> from,
        boolean forceNow,
        Optional<Instant> scheduledAt,
        Optional<ConcurrencyLimit> concurrency,
        Map<String, String> promptVariables,
        Map<String, String> metadata,
        Optional<String> organizationId,
        Optional<String> idempotencyKey,
        Optional<RetryPolicy> retryPolicy) {

    public CallOrder {
        promptVariables = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(promptVariables));
        metadata = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(metadata));
    }

    @Override
    public String toString() {
        return "CallOrder[to=" + to + "]";
    }
}
