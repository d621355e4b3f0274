package dev.revox.guard.holiday;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import dev.revox.guard.law.HolidayCalendar;
import java.time.LocalDate;
import java.time.Year;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The public holidays of some 230 countries and their subdivisions, from Jollyday's data. Names are English. A holiday that is
 * observed on another day counts on the day of observance.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class PublicHolidays implements HolidayCalendar {
    private PublicHolidays() {}

    /**
     * The calendar.
     *
     * @throws IllegalStateException when {@code de.focus-shift:jollyday-jaxb} is not on the class path
     */
    public static PublicHolidays create() {
        try {
            HolidayManager unused = manager("FR");
        } catch (LinkageError | IllegalStateException missing) {
            throw new IllegalStateException(
                    "add de.focus-shift:jollyday-jaxb to the class path, or give another HolidayCalendar", missing);
        }
        return new PublicHolidays();
    }

    @Override
    public Map<LocalDate, String> holidays(String region, int year) {
        String[] parts = region.toLowerCase(Locale.ROOT).split("-", 2);
        if (!HolidayManager.getSupportedCalendarCodes().contains(parts[0].toUpperCase(Locale.ROOT))) {
            return Map.of();
        }
        String[] subdivision = parts.length == 1 ? new String[0] : new String[] {parts[1]};
        Map<LocalDate, String> names = new TreeMap<>();
        for (Holiday holiday : manager(parts[0]).getHolidays(Year.of(year), HolidayType.PUBLIC_HOLIDAY, subdivision)) {
            names.merge(
                    holiday.getDate(),
                    holiday.getDescription(Locale.ENGLISH),
                    (one, other) -> one.compareTo(other) < 0 ? one + ", " + other : other + ", " + one);
        }
        return names;
    }

    private static HolidayManager manager(String country) {
        return HolidayManager.getInstance(ManagerParameters.create(country.toLowerCase(Locale.ROOT)));
    }
}
