package dev.revox.campaign;

import dev.revox.assistant.Assistant;
import dev.revox.phone.InvalidPhoneNumberException;
import dev.revox.phone.PhoneNumber;
import dev.revox.phone.PhoneNumbers;
import dev.revox.resource.InvalidResourceException;
import dev.revox.schedule.RetryPolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * What a host asks of a campaign. Its {@code toString} holds no text of the host's.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param assistant given inline; {@code assistantId} wins over it
 * @param assistantId a stored assistant, taken as it is when the campaign is launched
 * @param retryPolicy wins over the assistant's
 * @param maxConcurrentCalls over all engines; 0 for no limit of its own
 * @param spacing the least time between the beginnings of two calls, over all engines; zero for no limit
 * @param from the number that is shown, over the assistant's
 */
public record CampaignSpec(
        String name,
        Optional<Assistant> assistant,
        Optional<String> assistantId,
        Optional<RetryPolicy> retryPolicy,
        int maxConcurrentCalls,
        Duration spacing,
        Optional<PhoneNumber> from) {

    /** A builder for a campaign of a name. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    @Override
    public String toString() {
        return "CampaignSpec[maxConcurrentCalls=" + maxConcurrentCalls + "]";
    }

    /** Collects a specification. <b>Thread:</b> Confined to one thread. */
    public static final class Builder {
        private final String name;
        private Optional<Assistant> assistant = Optional.empty();
        private Optional<String> assistantId = Optional.empty();
        private Optional<RetryPolicy> retryPolicy = Optional.empty();
        private int maxConcurrentCalls;
        private Duration spacing = Duration.ZERO;
        private Optional<String> from = Optional.empty();

        private Builder(String name) {
            this.name = name;
        }

        /** An assistant given inline. */
        public Builder assistant(Assistant inline) {
            assistant = Optional.of(inline);
            return this;
        }

        /** A stored assistant, which wins over one given inline. */
        public Builder assistantId(String id) {
            assistantId = Optional.of(id);
            return this;
        }

        /** Wins over the assistant's policy. */
        public Builder retryPolicy(RetryPolicy policy) {
            retryPolicy = Optional.of(policy);
            return this;
        }

        /** At most so many calls at once, over all engines; no limit of its own when left out. */
        public Builder maxConcurrentCalls(int calls) {
            maxConcurrentCalls = calls;
            return this;
        }

        /** At most so many calls begin in a second; no limit when left out. */
        public Builder callsPerSecond(int calls) {
            return pace("callsPerSecond", calls, Duration.ofSeconds(1));
        }

        /** At most so many calls begin in a minute; no limit when left out. */
        public Builder callsPerMinute(int calls) {
            return pace("callsPerMinute", calls, Duration.ofMinutes(1));
        }

        private Builder pace(String field, int calls, Duration per) {
            if (calls < 1) {
                throw InvalidResourceException.of(field, "must be at least 1; leave it out for no limit");
            }
            spacing = per.dividedBy(calls);
            return this;
        }

        /** The number that is shown to the people called. */
        public Builder from(String number) {
            from = Optional.of(number);
            return this;
        }

        /**
         * Gives the specification.
         *
         * @throws InvalidResourceException that names the field that is wrong
         */
        public CampaignSpec build() {
            if (name.isBlank()) {
                throw InvalidResourceException.of("name", "must not be blank");
            }
            if (maxConcurrentCalls < 0) {
                throw InvalidResourceException.of("maxConcurrentCalls", "must not be negative; 0 means no limit");
            }
            return new CampaignSpec(
                    name, assistant, assistantId, retryPolicy, maxConcurrentCalls, spacing, from.map(Builder::read));
        }

        private static PhoneNumber read(String number) {
            try {
                return PhoneNumbers.parse(number);
            } catch (InvalidPhoneNumberException unreadable) {
                throw InvalidResourceException.of("from", "a number " + unreadable.getMessage());
            }
        }
    }
}
