package dev.revox.order.rules;

import dev.revox.assistant.Assistant;
import dev.revox.assistant.sound.Ambience;
import dev.revox.order.CallOrder;
import dev.revox.order.InvalidOrderException;
import dev.revox.order.Violation;
import dev.revox.phone.DestinationPolicy;
import dev.revox.phone.PhoneNumber;
import dev.revox.phone.PhoneNumbers;
import dev.revox.phone.RecipientZones;
import dev.revox.schedule.RetryPolicy;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Every limit an order must keep, from the page and from the engine's settings, found in one go.
 *
 * <p>The same rules judge an order built in Java and one read from JSON, and name the same JSON paths.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class OrderRules {

    /** The largest integer that JSON numbers carry exactly: the page's upper bound. */
    public static final long MAX_SAFE_INTEGER = 9007199254740991L;

    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final DestinationPolicy destinations;
    private final CallerIds callerIds;
    private final AssistantDirectory assistants;
    private final Optional<ZoneId> defaultZone;
    private final AssistantRules assistantRules;

    private OrderRules(Builder builder) {
        destinations = builder.destinations;
        callerIds = builder.callerIds;
        assistants = builder.assistants;
        defaultZone = builder.defaultZone;
        assistantRules = new AssistantRules(
                builder.destinations, builder.callerIds, builder.backgroundSounds, builder.voiceRequired);
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * The review of an order without violations.
     *
     * @throws InvalidOrderException with all violations
     */
    public Review check(CallOrder order) {
        Review review = review(order);
        if (!review.violations().isEmpty()) {
            throw new InvalidOrderException(review.violations());
        }
        return review;
    }

    /** Everything that is wrong or doubtful. */
    public Review review(CallOrder order) {
        Findings findings = new Findings();
        number(findings, order.to());
        order.from().ifPresent(from -> ownNumber(findings, order.organizationId(), from, callerIds));
        order.concurrency()
                .ifPresent(limit -> findings.at("concurrency").wrongIf(limit.max() < 1, "max", "must be at least 1"));
        order.retryPolicy().ifPresent(policy -> AssistantRules.policy(findings.at("call_retry_config"), policy));
        Optional<Assistant> assistant = assistant(findings, order);
        RecipientZones zones = zones(findings, order, assistant);
        return new Review(assistant, zones, findings.violations(), findings.warnings());
    }

    /**
     * Everything that is wrong with an assistant that is to be stored. Its texts may use any variable: orders bring their values.
     */
    public List<Violation> review(Assistant assistant) {
        Findings findings = new Findings();
        assistantRules.check(findings, assistant, assistant.organizationId(), name -> true);
        return findings.violations();
    }

    private void number(Findings findings, PhoneNumber number) {
        if (!PhoneNumbers.isPossible(number)) {
            findings.wrong("phone_number", "has too few or too many digits for its country code");
            return;
        }
        Optional<DestinationPolicy.Kind> refusal = destinations.refusal(number);
        refusal.ifPresent(kind -> findings.wrong("phone_number", refused(kind)));
        if (refusal.isEmpty() && !PhoneNumbers.isValid(number)) {
            findings.doubtful("phone_number", "is possible, but no known numbering plan has it");
        }
    }

    private Optional<Assistant> assistant(Findings findings, CallOrder order) {
        if (order.assistantId().isPresent()) {
            if (order.assistant().isPresent()) {
                findings.doubtful("assistant", "has no effect, because assistant_id is given too and wins");
                // What is wrong with it is still said: the caller meant it to be right.
                assistantRules.check(
                        findings.at("assistant"),
                        order.assistant().get(),
                        order.organizationId(),
                        order.promptVariables()::containsKey);
            }
            return stored(findings, order, order.assistantId().get());
        }
        if (order.assistant().isPresent()) {
            assistantRules.check(
                    findings.at("assistant"),
                    order.assistant().get(),
                    order.organizationId(),
                    order.promptVariables()::containsKey);
            return order.assistant();
        }
        Optional<Assistant> fallback = assistants.fallback(order.organizationId());
        if (fallback.isEmpty()) {
            findings.wrong("assistant", "give an assistant or an assistant_id; the engine has no default assistant");
        }
        fallback.ifPresent(found -> assistantRules.check(
                findings.elsewhere("assistant"), found, order.organizationId(), order.promptVariables()::containsKey));
        return fallback;
    }

    private Optional<Assistant> stored(Findings findings, CallOrder order, String id) {
        if (!UUID.matcher(id).matches()) {
            findings.wrong("assistant_id", "must be a UUID, such as 5f0c6a52-0c5e-4f0e-9b57-0d3f2b7f6a02");
            return Optional.empty();
        }
        Optional<Assistant> found = assistants.stored(order.organizationId(), id);
        if (found.isEmpty()) {
            findings.wrong("assistant_id", "names no stored assistant; save it first or give an assistant inline");
        }
        found.ifPresent(assistant -> assistantRules.check(
                findings.elsewhere("assistant_id"),
                assistant,
                order.organizationId(),
                order.promptVariables()::containsKey));
        return found;
    }

    private RecipientZones zones(Findings findings, CallOrder order, Optional<Assistant> assistant) {
        Optional<ZoneId> named = order.retryPolicy()
                .or(() -> assistant.flatMap(Assistant::retryPolicy))
                .flatMap(RetryPolicy::timezone);
        if (named.isPresent()) {
            return RecipientZones.fixed(named.get());
        }
        RecipientZones zones = RecipientZones.of(order.to());
        if (zones.known()) {
            return zones;
        }
        if (defaultZone.isEmpty() && findings.violations().isEmpty()) {
            findings.at("assistant")
                    .at("call_retry_config")
                    .wrong("timezone", "timezone required: the number does not tell where its owner lives");
        }
        return defaultZone.map(RecipientZones::fixed).orElse(RecipientZones.UNKNOWN);
    }

    static String refused(DestinationPolicy.Kind kind) {
        return "is a " + kind.label() + " number, which the engine's destination policy does not allow";
    }

    static void ownNumber(Findings findings, Optional<String> tenant, PhoneNumber number, CallerIds callerIds) {
        findings.wrongIf(
                !callerIds.mayShow(tenant, number), "from_phone_number", "must be one of the engine's own numbers");
    }

    /** Collects the engine's settings. <b>Thread:</b> Confined to one thread. */
    public static final class Builder {

        private DestinationPolicy destinations = DestinationPolicy.STRICT;
        private CallerIds callerIds = CallerIds.of(Set.of());
        private AssistantDirectory assistants = AssistantDirectory.EMPTY;
        private Optional<ZoneId> defaultZone = Optional.empty();
        private Set<String> backgroundSounds = Set.of(Ambience.OFFICE);
        private boolean voiceRequired;

        private Builder() {}

        /** Strict when left out. */
        public Builder destinations(DestinationPolicy policy) {
            destinations = policy;
            return this;
        }

        /** The only numbers that a call may come from; any number when left out. */
        public Builder ownNumbers(Set<PhoneNumber> numbers) {
            return callerIds(CallerIds.of(numbers));
        }

        /** Which numbers a call may come from; any when left out. */
        public Builder callerIds(CallerIds which) {
            callerIds = which;
            return this;
        }

        public Builder assistants(AssistantDirectory directory) {
            assistants = directory;
            return this;
        }

        /** For recipients whose number tells no zone. */
        public Builder defaultZone(ZoneId zone) {
            defaultZone = Optional.of(zone);
            return this;
        }

        /** All names that {@code background_sound} may have; the page's one when left out. */
        public Builder backgroundSounds(Set<String> names) {
            backgroundSounds = Set.copyOf(names);
            return this;
        }

        /** True when the engine has no default voice, so that every assistant must name one. */
        public Builder voiceRequired(boolean required) {
            voiceRequired = required;
            return this;
        }

        public OrderRules build() {
            return new OrderRules(this);
        }
    }
}
