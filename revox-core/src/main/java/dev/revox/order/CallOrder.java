package dev.revox.order;

import dev.revox.assistant.Assistant;
import dev.revox.phone.PhoneNumber;
import dev.revox.schedule.RetryPolicy;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
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
        promptVariables = Collections.unmodifiableMap(new LinkedHashMap<>(promptVariables));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** A builder for a call to a number as people write it; {@code build()} reports what is wrong with it. */
    public static CallOrderBuilder to(String number) {
        return new CallOrderBuilder(number);
    }

    /** A builder for a call to a number. */
    public static CallOrderBuilder to(PhoneNumber number) {
        return new CallOrderBuilder(number.e164());
    }

    @Override
    public String toString() {
        return "CallOrder[to=" + to + "]";
    }
}
