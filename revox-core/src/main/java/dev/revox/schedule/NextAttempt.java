package dev.revox.schedule;

import java.time.Instant;
import java.util.List;

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

    /** There is no next attempt. */
    record Never(Why why) implements NextAttempt {}

    /** What moved an attempt to its instant, in the order in which it was applied. */
    enum Reason {
        /** The host asked for a start at or after an instant. */
        SCHEDULED_AT,
        /** The first attempt was freed from windows and days. */
        FORCED,
        /** The window's delay after the previous attempt. */
        RETRY_DELAY,
        /** The second attempt follows the first at once. */
        TWICE_IN_A_ROW,
        /** The trunk refused for load; the pause grows with each refusal. */
        BACK_OFF,
        /** The previous attempt's call may still be up. */
        ENGINE_LOST,
        /** The first callable instant from there on. */
        CALLING_WINDOW
    }

    /** Why there is no next attempt. */
    enum Why {
        ATTEMPTS_USED_UP,
        NO_CALLABLE_INSTANT,
        REFUSED_FOR_TOO_LONG
    }
}
