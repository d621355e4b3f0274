package dev.revox.schedule.limit;

import java.time.Instant;
import java.util.Objects;

/**
 * What a guard says of an attempt: yes, not before an instant, or never.
 *
 * <p>The reasons are shown to the host in errors, explanations and the order's history: they hold no number and no secret.
 *
 * <p><b>Thread:</b> Immutable.
 */
public sealed interface GuardAnswer {
    /** The answer of a guard that does not mind. */
    GuardAnswer YES = new Yes();

    static GuardAnswer notBefore(Instant instant, String why) {
        return new NotBefore(instant, why);
    }

    static GuardAnswer never(String why) {
        return new Never(why);
    }

    /** The guard does not mind. */
    record Yes() implements GuardAnswer {}

    /**
     * Not now; the guard is asked again at the instant.
     *
     * @param why in a few words, such as "the person has asked to be called in May"
     */
    record NotBefore(Instant instant, String why) implements GuardAnswer {
        public NotBefore {
            Objects.requireNonNull(instant, "instant");
            Objects.requireNonNull(why, "why");
        }
    }

    /**
     * This number is not called for this order at all.
     *
     * @param why in a few words, such as "on the do-not-call list"
     * @param guardFailed true when the guard gave no answer, so the same question may be answered otherwise later
     */
    record Never(String why, boolean guardFailed) implements GuardAnswer {
        public Never {
            Objects.requireNonNull(why, "why");
        }

        public Never(String why) {
            this(why, false);
        }
    }
}
