package dev.revox.testkit.sim.people;

import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.DialError;
import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of one ringing telephone.
 *
 * <p><b>Thread:</b> Immutable.
 */
public sealed interface Pickup {
    /** A final response other than 200. */
    record Refused(Duration after, int sipStatus, DialError error) implements Pickup {}

    /** It rings until the caller gives up. */
    record RingsOut() implements Pickup {}

    /**
     * Somebody or something picks up.
     *
     * @param who what answers
     * @param turns that they take before the agent says goodbye
     * @param turn how long one takes
     * @param hangsUpAfter when they hang up, if they do so first
     * @param wantsNoCalls they say that they want to be called no more
     */
    record Answered(
            Duration after,
            AnsweredBy who,
            int turns,
            Duration turn,
            Optional<Duration> hangsUpAfter,
            boolean wantsNoCalls)
            implements Pickup {}
}
