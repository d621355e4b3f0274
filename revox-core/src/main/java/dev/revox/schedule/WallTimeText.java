package dev.revox.schedule;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts that a wall time may be written as. Only ASCII digits and letters are known, so the JVM's locale does not matter.
 *
 * <p><b>Thread:</b> Immutable.
 */
final class WallTimeText {

    private static final Pattern TWENTY_FOUR_HOURS = Pattern.compile("([0-9]{1,2}):([0-9]{2})");
    private static final Pattern TWELVE_HOURS = Pattern.compile("([0-9]{1,2})(?::([0-9]{2}))? ?([aApP])[mM]");

    private WallTimeText() {}

    static WallTime parse(String text, boolean end) {
        Matcher full = TWENTY_FOUR_HOURS.matcher(text);
        if (full.matches()) {
            return twentyFourHours(Integer.parseInt(full.group(1)), Integer.parseInt(full.group(2)), end);
        }
        Matcher half = TWELVE_HOURS.matcher(text);
        if (half.matches()) {
            String minutes = half.group(2);
            boolean afternoon = half.group(3).equalsIgnoreCase("p");
            return twelveHours(
                    Integer.parseInt(half.group(1)), minutes == null ? 0 : Integer.parseInt(minutes), afternoon, end);
        }
        throw unreadable(end);
    }

    private static WallTime twentyFourHours(int hour, int minute, boolean end) {
        if (hour == 24 && minute == 0 && end) {
            return new WallTime(1440);
        }
        if (hour > 23 || minute > 59) {
            throw unreadable(end);
        }
        return WallTime.of(hour, minute);
    }

    private static WallTime twelveHours(int hour, int minute, boolean afternoon, boolean end) {
        if (hour < 1 || hour > 12 || minute > 59) {
            throw unreadable(end);
        }
        return WallTime.of(hour % 12 + (afternoon ? 12 : 0), minute);
    }

    private static IllegalArgumentException unreadable(boolean end) {
        return new IllegalArgumentException("must be a time of day such as 09:00, 9:30, 6pm or 6:30 PM"
                + (end ? ", or 24:00" : " (24:00 only as an end)"));
    }
}
