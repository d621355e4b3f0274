package dev.revox.schedule.limit;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * Hours of the week, in the recipient's zone, outside of which a rule forbids calls on the dates on which it is in force.
 *
 * <p><b>Thread:</b> Immutable. <b>Units:</b> local dates and wall time of each deciding zone.
 *
 * @param name what people call the rule; shown in explanations
 * @param hours the hours in which calls are allowed
 * @param from the first date on which the rule holds
 * @param until the first date on which it no longer does; empty while it has no end
 */
public record LegalHours(String name, WeekHours hours, LocalDate from, Optional<LocalDate> until) {
    public LegalHours {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(hours, "hours");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(until, "until");
    }

    /** A rule that has always held and has no end. */
    public static LegalHours of(String name, WeekHours hours) {
        return new LegalHours(name, hours, LocalDate.MIN, Optional.empty());
    }

    /** The first day of the epoch on which the rule no longer holds, {@link Long#MAX_VALUE} without an end. */
    public long untilEpochDay() {
        return until.map(LocalDate::toEpochDay).orElse(Long.MAX_VALUE);
    }

    /** True when the rule holds on a local date. */
    public boolean inForceOn(long epochDay) {
        return epochDay >= from.toEpochDay() && epochDay < untilEpochDay();
    }
}
