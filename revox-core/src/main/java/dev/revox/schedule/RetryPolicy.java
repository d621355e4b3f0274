package dev.revox.schedule;

import dev.revox.schedule.limit.CallableTimes;
import dev.revox.schedule.limit.WeekHours;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * When a person may be called and how often. Two policies with the same parts are equal.
 *
 * <p>No record, because it keeps the minutes of the week that its days and windows amount to: they are worked out once per
 * policy and not once per decision.
 *
 * <p><b>Thread:</b> Immutable.
 */
public final class RetryPolicy {
    private final Set<DayOfWeek> allowedDays;
    private final boolean callTwiceInARow;
    private final List<CallingWindow> windows;
    private final long maxAttempts;
    private final Optional<ZoneId> timezone;
    private final WeekHours hours;

    /**
     * A policy from all of its parts.
     *
     * @param allowedDays days in the recipient's zone, in the order given
     * @param maxAttempts ALL attempts, the first included ({@code max_retry_attempts})
     * @param timezone overrides the zones known from the number
     * @throws IllegalArgumentException without a day or a window, or with less than one attempt
     */
    public RetryPolicy(
            Set<DayOfWeek> allowedDays,
            boolean callTwiceInARow,
            List<CallingWindow> windows,
            long maxAttempts,
            Optional<ZoneId> timezone) {
        this.allowedDays = Collections.unmodifiableSet(new LinkedHashSet<>(allowedDays));
        this.callTwiceInARow = callTwiceInARow;
        this.windows = List.copyOf(windows);
        this.maxAttempts = maxAttempts;
        this.timezone = Objects.requireNonNull(timezone, "timezone");
        if (allowedDays.isEmpty() || windows.isEmpty()) {
            throw new IllegalArgumentException("allowedDays and windows must not be empty");
        }
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts must be at least 1, was " + maxAttempts);
        }
        this.hours = hours(this.allowedDays, this.windows);
    }

    private static WeekHours hours(Set<DayOfWeek> days, List<CallingWindow> windows) {
        WeekHours.Builder week = WeekHours.builder();
        for (DayOfWeek day : days) {
            for (CallingWindow window : windows) {
                week.open(day, window.start().minuteOfDay(), window.end().minuteOfDay());
            }
        }
        return week.build();
    }

    /** Days in the recipient's zone, in the order given. */
    public Set<DayOfWeek> allowedDays() {
        return allowedDays;
    }

    /** True when the second attempt follows at once on a first that did not reach a person. */
    public boolean callTwiceInARow() {
        return callTwiceInARow;
    }

    /** The windows as listed; the first one that holds an attempt's start names the delay after it. */
    public List<CallingWindow> windows() {
        return windows;
    }

    /** All attempts, the first included. */
    public long maxAttempts() {
        return maxAttempts;
    }

    /** The zone that the order names, which wins over those of its number. */
    public Optional<ZoneId> timezone() {
        return timezone;
    }

    /** The union of the windows of all allowed days. */
    public WeekHours hours() {
        return hours;
    }

    /**
     * The delay of the first listed window, in any of the zones, that an instant's wall time lies in; the longest counts.
     * Outside every window it is the first window's.
     */
    Duration delayAfterStartAt(List<ZoneId> zones, Instant start) {
        Duration longest = windows.getFirst().retryDelay();
        if (windows.size() == 1) {
            return longest;
        }
        boolean found = false;
        for (ZoneId zone : zones) {
            long second = start.getEpochSecond();
            long local = second + CallableTimes.offset(zone.getRules(), second);
            int minute = CallableTimes.minuteOfWeek(local) % WeekHours.MINUTES_PER_DAY;
            for (CallingWindow window : windows) {
                if (window.holds(minute)) {
                    Duration delay = window.retryDelay();
                    longest = found && longest.compareTo(delay) > 0 ? longest : delay;
                    found = true;
                    break;
                }
            }
        }
        return longest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RetryPolicy policy
                && allowedDays.equals(policy.allowedDays)
                && callTwiceInARow == policy.callTwiceInARow
                && windows.equals(policy.windows)
                && maxAttempts == policy.maxAttempts
                && timezone.equals(policy.timezone);
    }

    @Override
    public int hashCode() {
        return Objects.hash(allowedDays, callTwiceInARow, windows, maxAttempts, timezone);
    }

    @Override
    public String toString() {
        return "RetryPolicy[allowedDays=" + allowedDays + ", callTwiceInARow=" + callTwiceInARow + ", windows="
                + windows + ", maxAttempts=" + maxAttempts + ", timezone=" + timezone + ']';
    }

    /** Monday to Friday, 10:00-18:00, three attempts two hours apart, zone from the number. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
            false,
            List.of(CallingWindow.DEFAULT),
            3,
            Optional.empty());

    /** A builder that starts from {@link #DEFAULT}. */
    public static Builder builder() {
        return new Builder(DEFAULT);
    }

    /** A builder that starts from this policy. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Collects a policy. <b>Thread:</b> Confined to one thread. */
    public static final class Builder {

        private Set<DayOfWeek> allowedDays;
        private boolean callTwiceInARow;
        private List<CallingWindow> windows;
        private boolean windowsGiven;
        private long maxAttempts;
        private Optional<ZoneId> timezone;

        private Builder(RetryPolicy from) {
            allowedDays = from.allowedDays;
            callTwiceInARow = from.callTwiceInARow;
            windows = from.windows;
            maxAttempts = from.maxAttempts;
            timezone = from.timezone;
        }

        public Builder allowedDays(DayOfWeek... days) {
            return allowedDays(new LinkedHashSet<>(List.of(days)));
        }

        public Builder allowedDays(Set<DayOfWeek> days) {
            allowedDays = days;
            return this;
        }

        public Builder everyDay() {
            return allowedDays(EnumSet.allOf(DayOfWeek.class));
        }

        /** The second attempt follows at once when the first did not reach a person. */
        public Builder callTwiceInARow() {
            return callTwiceInARow(true);
        }

        public Builder callTwiceInARow(boolean twice) {
            callTwiceInARow = twice;
            return this;
        }

        /** Adds a window; the first one added replaces the default window. Times as in {@link WallTime#parse}. */
        public Builder window(String start, String end, Duration retryDelay) {
            return window(new CallingWindow(WallTime.parse(start), WallTime.parseEnd(end), retryDelay));
        }

        /** Adds a window; the first one added replaces the default window. */
        public Builder window(CallingWindow window) {
            List<CallingWindow> all = windowsGiven ? new ArrayList<>(windows) : new ArrayList<>();
            all.add(window);
            return windows(all);
        }

        public Builder windows(List<CallingWindow> all) {
            windows = List.copyOf(all);
            windowsGiven = true;
            return this;
        }

        /** All attempts, the first included. */
        public Builder maxAttempts(long attempts) {
            maxAttempts = attempts;
            return this;
        }

        public Builder timezone(ZoneId zone) {
            timezone = Optional.of(zone);
            return this;
        }

        public RetryPolicy build() {
            return new RetryPolicy(allowedDays, callTwiceInARow, windows, maxAttempts, timezone);
        }
    }
}
