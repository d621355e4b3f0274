package dev.revox.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The planner's answer.
 *
 * <p><b>Thread:</b> Immutable.
 */
public sealed interface NextAttempt {
    /** Dial at once. */
    record Now(List<Reason> reasons) implements NextAttempt {
        public Now {
            reasons = List.copyOf(reasons);
        }
    }

    /** Dial at an instant in the future, and plan again then. */
    record At(Instant instant, List<Reason> reasons) implements NextAttempt {
        public At {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * There is no next attempt.
     *
     * @param detail what the guard, cap or rule that decided says of itself
     */
    record Never(Why why, Optional<String> detail) implements NextAttempt {
        public Never {
            Objects.requireNonNull(why, "why");
            Objects.requireNonNull(detail, "detail");
        }

        public Never(Why why) {
            this(why, Optional.empty());
        }
    }

    /** What moved an attempt to its instant, in the order in which it was applied. */
    enum Reason {
        /** The host asked for a start at or after an instant. */
        SCHEDULED_AT,
        /** The first attempt was freed from its own windows and days. */
        FORCED,
        /** The window's delay after the previous attempt. */
        RETRY_DELAY,
        /** The second attempt follows the first at once. */
        TWICE_IN_A_ROW,
        /** The trunk refused for load; the pause grows with each refusal. */
        BACK_OFF,
        /** The previous attempt's call may still be up. */
        ENGINE_LOST,
        /** The number has had as many attempts as a cap allows in its period. */
        CAP_REACHED,
        /** A guard does not want the attempt before an instant. */
        GUARD_NOT_BEFORE,
        /** The first instant in a window of an allowed day from there on. */
        CALLING_WINDOW,
        /** A date was closed. */
        HOLIDAY,
        /** A legal rule forbids calls at that hour. */
        LEGAL_HOURS
    }

    /** Why there is no next attempt. */
    enum Why {
        /** The maximum of attempts has been made. */
        ATTEMPTS_USED_UP,
        /** No instant within the horizon suits windows, closed days and legal hours. */
        NO_CALLABLE_INSTANT,
        /** The trunk has refused for a whole day. */
        REFUSED_FOR_TOO_LONG,
        /** A guard forbids the number for good. */
        VETO,
        /** A cap holds until beyond the horizon. */
        CAP_REACHED,
        /** A guard asks to wait until beyond the horizon. */
        GUARD_NOT_BEFORE
    }
}
