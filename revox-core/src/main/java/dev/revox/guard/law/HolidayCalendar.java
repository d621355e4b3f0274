package dev.revox.guard.law;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/**
 * A port to the public holidays of regions.
 *
 * <p><b>Thread:</b> asked from any thread; may block. An exception keeps an attempt from being planned.
 */
@FunctionalInterface
public interface HolidayCalendar {
    /** A calendar without holidays. */
    HolidayCalendar NONE = (region, year) -> Map.of();

    /**
     * The holidays of a year with their names; empty for a region that the calendar does not know.
     *
     * @param region ISO 3166-1, such as {@code FR}; also a subdivision, such as {@code DE-BY}
     */
    Map<LocalDate, String> holidays(String region, int year);

    /** The name of the holiday on a date; empty on other days. */
    default Optional<String> closedName(String region, LocalDate date) {
        return Optional.ofNullable(holidays(region, date.getYear()).get(date));
    }
}
