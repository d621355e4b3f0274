package dev.revox.guard.law;

import dev.revox.phone.PhoneNumber;
import dev.revox.phone.PhoneNumbers;
import dev.revox.schedule.WallTime;
import dev.revox.schedule.limit.AttemptCap;
import dev.revox.schedule.limit.WeekHours;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A rule on calls to some numbers, in force on some dates. Hours and dates are those of the person called.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param name what people call it; shown in explanations
 * @param regions ISO 3166-1 regions of the numbers that it protects
 * @param prefixes E.164 beginnings of those numbers, such as {@code +1305}; all numbers of the regions without any
 * @param from the first date on which it holds
 * @param until the first date on which it no longer does
 * @param hours the hours of the week in which it allows calls; any without
 * @param closedOnHolidaysOf the region whose public holidays it forbids calls on
 * @param caps the most attempts on a number
 * @param silenceAfterRefusal how long a person who refused is left alone, elapsed time
 * @param consentNeeded true when only people who agreed beforehand may be called
 */
public record CallingLaw(
        String name,
        Set<String> regions,
        List<String> prefixes,
        LocalDate from,
        Optional<LocalDate> until,
        Optional<WeekHours> hours,
        Optional<String> closedOnHolidaysOf,
        List<AttemptCap> caps,
        Optional<Duration> silenceAfterRefusal,
        boolean consentNeeded) {
    public CallingLaw {
        Objects.requireNonNull(name, "name");
        regions = Set.copyOf(regions);
        prefixes = List.copyOf(prefixes);
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(hours, "hours");
        Objects.requireNonNull(closedOnHolidaysOf, "closedOnHolidaysOf");
        caps = List.copyOf(caps);
        Objects.requireNonNull(silenceAfterRefusal, "silenceAfterRefusal");
        if (regions.isEmpty()) {
            throw new IllegalArgumentException("regions must not be empty: name the ISO 3166-1 regions of " + name);
        }
    }

    /**
     * A rule to add to.
     *
     * @param from the first date on which it holds
     * @param regions ISO 3166-1, at least one
     */
    public static Builder builder(String name, LocalDate from, String... regions) {
        return new Builder(name, from, Set.of(regions));
    }

    /** True when the rule protects a number. A number of no certain region has all those that share its country code. */
    public boolean protects(PhoneNumber number) {
        return protects(number, PhoneNumbers.possibleRegions(number));
    }

    boolean protects(PhoneNumber number, Set<String> numberRegions) {
        return numberRegions.stream().anyMatch(regions::contains)
                && (prefixes.isEmpty() || prefixes.stream().anyMatch(number.e164()::startsWith));
    }

    /** True when the rule holds at an instant on anybody's calendar: it begins with the first zone and ends with the last. */
    public boolean inForce(Instant at) {
        LocalDate latest = at.atOffset(ZoneOffset.ofHours(14)).toLocalDate();
        LocalDate earliest = at.atOffset(ZoneOffset.ofHours(-12)).toLocalDate();
        return !latest.isBefore(from)
                && until.map(end -> earliest.isBefore(end)).orElse(true);
    }

    /** Collects a rule. <b>Thread:</b> Confined to one thread. */
    public static final class Builder {
        private final String name;
        private final LocalDate from;
        private final Set<String> regions;
        private List<String> prefixes = List.of();
        private Optional<LocalDate> until = Optional.empty();
        private final WeekHours.Builder week = WeekHours.builder();
        private boolean hoursGiven;
        private Optional<String> holidays = Optional.empty();
        private final List<AttemptCap> caps = new ArrayList<>();
        private Optional<Duration> silence = Optional.empty();
        private boolean consent;

        private Builder(String name, LocalDate from, Set<String> regions) {
            this.name = name;
            this.from = from;
            this.regions = regions;
        }

        /** Only numbers that begin so, such as {@code +1305}. */
        public Builder prefixes(String... beginnings) {
            prefixes = List.of(beginnings);
            return this;
        }

        /** The first date on which the rule no longer holds. */
        public Builder until(LocalDate end) {
            until = Optional.of(end);
            return this;
        }

        /** Adds hours in which calls are allowed, times as in {@link WallTime#parse}; the other hours are then forbidden. */
        public Builder hours(Set<DayOfWeek> days, String start, String end) {
            for (DayOfWeek day : days) {
                week.open(
                        day,
                        WallTime.parse(start).minuteOfDay(),
                        WallTime.parseEnd(end).minuteOfDay());
            }
            hoursGiven = true;
            return this;
        }

        /** No calls on the public holidays of a region. */
        public Builder closedOnHolidaysOf(String region) {
            holidays = Optional.of(region);
            return this;
        }

        /** At most so many attempts on a number in any period of a length. */
        public Builder cap(int max, Duration period) {
            caps.add(new AttemptCap(name, max, period));
            return this;
        }

        public Builder silenceAfterRefusal(Duration silent) {
            silence = Optional.of(silent);
            return this;
        }

        /** Only people who agreed beforehand may be called. */
        public Builder consentNeeded() {
            consent = true;
            return this;
        }

        /**
         * The rule.
         *
         * @throws IllegalArgumentException without a region
         */
        public CallingLaw build() {
            return new CallingLaw(
                    name,
                    regions,
                    prefixes,
                    from,
                    until,
                    hoursGiven ? Optional.of(week.build()) : Optional.empty(),
                    holidays,
                    caps,
                    silence,
                    consent);
        }
    }
}
