package dev.revox.schedule.explain;

import dev.revox.schedule.AttemptPlanner;
import dev.revox.schedule.DecidingZones;
import dev.revox.schedule.NextAttempt;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Why the next attempt is at its instant: the planner's answer, and every earlier stretch of time with what refused it, oldest
 * first and without gaps.
 *
 * <p>The stretches begin where the order's waiting began: when it was placed, or when its last attempt ended. They end where the
 * next attempt is. An order without a next attempt has a last stretch without an end.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param answer what {@link AttemptPlanner#next} says of the same request
 * @param zones the zones that decide
 * @param stretches at most {@value #MAX_STRETCHES}
 * @param cut true when there were more of them; the later ones are left out
 */
public record Explanation(NextAttempt answer, DecidingZones zones, List<Stretch> stretches, boolean cut) {
    /** The most stretches that are told. */
    public static final int MAX_STRETCHES = 64;

    public Explanation {
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(zones, "zones");
        stretches = List.copyOf(stretches);
    }

    /**
     * A stretch of time in which there was no attempt.
     *
     * @param until not part of it; empty when it has no end
     * @param zone the zone that refused, where one did
     * @param detail the name of the holiday, law or cap, or the words of the guard; empty without
     */
    public record Stretch(Instant from, Optional<Instant> until, Cause cause, Optional<ZoneId> zone, String detail) {
        public Stretch {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(until, "until");
            Objects.requireNonNull(cause, "cause");
            Objects.requireNonNull(zone, "zone");
            Objects.requireNonNull(detail, "detail");
        }

        /** One line in plain words, with instants in UTC. */
        @Override
        public String toString() {
            return (until.isPresent() ? from + " to " + until.get() : "from " + from + " on")
                    + ": "
                    + cause.words()
                    + (detail.isEmpty() ? "" : " (" + detail + ")")
                    + zone.map(id -> " in " + id).orElse("");
        }
    }

    /** What keeps an attempt from a stretch of time. */
    public enum Cause {
        SCHEDULED_AT("the order asks for a later start"),
        RETRY_DELAY("the delay after the last attempt is running"),
        BACK_OFF("the trunk refused for load; backing off"),
        ENGINE_LOST("the last attempt's call may still be up"),
        CAP_REACHED("a cap on attempts is reached"),
        GUARD_NOT_BEFORE("a guard asks to wait"),
        DAY_NOT_ALLOWED("not an allowed day"),
        OUTSIDE_WINDOWS("outside the calling windows"),
        HOLIDAY("a closed day"),
        LEGAL_HOURS("outside the legal hours"),
        /** It was callable, and has gone by: the order waited for a line or a slot, or was paused. */
        PASSED("could have been called, and has passed"),
        ATTEMPTS_USED_UP("all attempts have been made"),
        REFUSED_FOR_TOO_LONG("the trunk has refused for a whole day"),
        NOTHING_CALLABLE("no instant within a year suits all of them"),
        VETO("a guard forbids the call");

        private final String words;

        Cause(String words) {
            this.words = words;
        }

        /** In plain words. */
        public String words() {
            return words;
        }
    }

    /** Plain words, a line for each stretch and one for the answer; instants in UTC. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (zones.lowConfidence()) {
            lines.add("low confidence: the number does not tell its zone, so " + zones.zones() + " decide");
        }
        stretches.forEach(stretch -> lines.add(stretch.toString()));
        if (cut) {
            lines.add("more stretches are left out");
        }
        lines.add(
                switch (answer) {
                    case NextAttempt.Now now -> "an attempt may start now";
                    case NextAttempt.At at -> "the next attempt is at " + at.instant();
                    case NextAttempt.Never never -> "there is no next attempt";
                });
        return lines;
    }

    /** All {@link #lines}. */
    @Override
    public String toString() {
        return String.join("\n", lines());
    }
}
