package dev.revox.testkit.sim.check;

import dev.revox.schedule.CallingWindow;
import dev.revox.schedule.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Optional;

/**
 * The membership rule: an instant is callable if its wall time in every zone lies in some window of an allowed day.
 *
 * <p><b>Thread:</b> Thread-safe; functions.
 */
final class WindowRule {
    private WindowRule() {}

    static boolean callable(RetryPolicy policy, List<ZoneId> zones, Instant at) {
        return zones.stream().allMatch(zone -> callable(policy, at.atZone(zone)));
    }

    private static boolean callable(RetryPolicy policy, ZonedDateTime local) {
        return policy.windows().stream()
                .anyMatch(window -> (policy.allowedDays().contains(local.getDayOfWeek()) && onItsDay(window, local))
                        || (policy.allowedDays().contains(local.getDayOfWeek().minus(1))
                                && onTheNextDay(window, local)));
    }

    private static boolean onItsDay(CallingWindow window, ZonedDateTime local) {
        int minute = minuteOfDay(local);
        return minute >= window.start().minuteOfDay()
                && (overnight(window) || minute < window.end().minuteOfDay());
    }

    private static boolean onTheNextDay(CallingWindow window, ZonedDateTime local) {
        return overnight(window) && minuteOfDay(local) < window.end().minuteOfDay();
    }

    private static boolean overnight(CallingWindow window) {
        return window.end().minuteOfDay() <= window.start().minuteOfDay();
    }

    private static int minuteOfDay(ZonedDateTime local) {
        LocalTime wall = local.toLocalTime();
        return wall.get(ChronoField.MINUTE_OF_DAY);
    }

    /** The pause after an attempt: of the first window around its start; the longest over all zones. */
    static Duration retryDelay(RetryPolicy policy, List<ZoneId> zones, Instant start) {
        return zones.stream()
                .map(start::atZone)
                .map(local -> policy.windows().stream()
                        .filter(window -> onItsDay(window, local) || onTheNextDay(window, local))
                        .findFirst())
                .flatMap(Optional::stream)
                .map(CallingWindow::retryDelay)
                .max(Duration::compareTo)
                .orElse(policy.windows().getFirst().retryDelay());
    }
}
