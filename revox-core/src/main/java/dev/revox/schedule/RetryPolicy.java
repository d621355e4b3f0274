package dev.revox.schedule;

import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When a person may be called and how often.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param allowedDays days in the recipient's zone, in the order given
 * @param maxAttempts ALL attempts, the first included ({@code max_retry_attempts})
 * @param timezone overrides the zones known from the number
 */
public record RetryPolicy(
        Set<DayOfWeek> allowedDays,
        boolean callTwiceInARow,
        List<CallingWindow> windows,
        long maxAttempts,
        Optional<ZoneId> timezone) {

    public RetryPolicy {
        allowedDays = java.util.Collections.unmodifiableSet(new java.util.LinkedHashSet<>(allowedDays));
        windows = List.copyOf(windows);
        if (allowedDays.isEmpty() || windows.isEmpty()) {
            throw new IllegalArgumentException("allowedDays and windows must not be empty");
        }
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts must be at least 1, was " + maxAttempts);
        }
    }

    /** Monday to Friday, 10:00-18:00, three attempts two hours apart, zone from the number. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
            false,
            List.of(CallingWindow.DEFAULT),
            3,
            Optional.empty());
}
