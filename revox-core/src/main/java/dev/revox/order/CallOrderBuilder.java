package dev.revox.order;

import dev.revox.assistant.Assistant;
import dev.revox.phone.InvalidPhoneNumberException;
import dev.revox.phone.PhoneNumber;
import dev.revox.phone.PhoneNumbers;
import dev.revox.schedule.RetryPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects a {@link CallOrder}. Numbers are read as people write them; all other checks wait for {@code place}, which knows
 * the engine's settings.
 *
 * <p><b>Thread:</b> Confined to one thread.
 */
public final class CallOrderBuilder {

    private final String to;
    private Optional<Assistant> assistant = Optional.empty();
    private Optional<String> assistantId = Optional.empty();
    private Optional<String> from = Optional.empty();
    private boolean forceNow;
    private Optional<Instant> scheduledAt = Optional.empty();
    private Optional<ConcurrencyLimit> concurrency = Optional.empty();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private Optional<String> organizationId = Optional.empty();
    private Optional<String> idempotencyKey = Optional.empty();
    private Optional<RetryPolicy> retryPolicy = Optional.empty();

    CallOrderBuilder(String to) {
        this.to = to;
    }

    /** An assistant given inline. */
    public CallOrderBuilder assistant(Assistant inline) {
        assistant = Optional.of(inline);
        return this;
    }

    /** A stored assistant, which wins over one given inline. */
    public CallOrderBuilder assistantId(String id) {
        assistantId = Optional.of(id);
        return this;
    }

    /** The number that is shown to the person called. */
    public CallOrderBuilder from(String number) {
        from = Optional.of(number);
        return this;
    }

    /** The first attempt ignores days and windows. */
    public CallOrderBuilder forceNow() {
        return forceNow(true);
    }

    public CallOrderBuilder forceNow(boolean now) {
        forceNow = now;
        return this;
    }

    /** No attempt before this instant; one in the past means now. */
    public CallOrderBuilder scheduledAt(Instant instant) {
        scheduledAt = Optional.of(instant);
        return this;
    }

    /** At most {@code max} live calls that carry this key. */
    public CallOrderBuilder concurrency(String key, int max) {
        concurrency = Optional.of(new ConcurrencyLimit(key, max));
        return this;
    }

    /** Replaces {@code {{name}}} in the assistant's texts. */
    public CallOrderBuilder variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** Adds variables to those already given. */
    public CallOrderBuilder variables(Map<String, String> values) {
        variables.putAll(values);
        return this;
    }

    /** Adds an opaque entry, returned unchanged and passed to webhook and events. */
    public CallOrderBuilder metadata(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    /** Adds opaque entries to those already given. */
    public CallOrderBuilder metadata(Map<String, String> entries) {
        metadata.putAll(entries);
        return this;
    }

    /** The host's tenant. */
    public CallOrderBuilder organization(String id) {
        organizationId = Optional.of(id);
        return this;
    }

    /** Placing twice with one key gives the same call. */
    public CallOrderBuilder idempotencyKey(String key) {
        idempotencyKey = Optional.of(key);
        return this;
    }

    /** Wins over the assistant's policy. */
    public CallOrderBuilder retryPolicy(RetryPolicy policy) {
        retryPolicy = Optional.of(policy);
        return this;
    }

    /**
     * Gives the order.
     *
     * @throws InvalidOrderException when a number cannot be read
     */
    public CallOrder build() {
        List<Violation> violations = new ArrayList<>();
        Optional<PhoneNumber> callee = read("$.phone_number", to, violations);
        Optional<PhoneNumber> caller = from.flatMap(number -> read("$.from_phone_number", number, violations));
        return callee.filter(number -> violations.isEmpty())
                .map(number -> new CallOrder(
                        number,
                        assistant,
                        assistantId,
                        caller,
                        forceNow,
                        scheduledAt,
                        concurrency,
                        variables,
                        metadata,
                        organizationId,
                        idempotencyKey,
                        retryPolicy))
                .orElseThrow(() -> new InvalidOrderException(violations));
    }

    private static Optional<PhoneNumber> read(String jsonPath, String number, List<Violation> violations) {
        try {
            return Optional.of(PhoneNumbers.parse(number));
        } catch (InvalidPhoneNumberException unreadable) {
            violations.add(new Violation(jsonPath, unreadable.getMessage()));
            return Optional.empty();
        }
    }
}
