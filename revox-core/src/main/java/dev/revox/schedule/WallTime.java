package dev.revox.schedule;

/**
 * A wall-clock time of day in whole minutes, 0 to 1440 ({@code 24:00}, only as the end of a window).
 *
 * <p><b>Thread:</b> Immutable.
 */
public record WallTime(int minuteOfDay) implements Comparable<WallTime> {

    public WallTime {
        if (minuteOfDay < 0 || minuteOfDay > 1440) {
            throw new IllegalArgumentException("minuteOfDay must be within 0..1440, was " + minuteOfDay);
        }
    }

    public static WallTime of(int hour, int minute) {
        return new WallTime(hour * 60 + minute);
    }

    /**
     * The start of a window as text: {@code HH:mm}, {@code H:mm}, or {@code h[:mm]} with {@code am} or {@code pm} in any case
     * and at most one blank before it.
     *
     * @throws IllegalArgumentException with a message that names the allowed forms
     */
    public static WallTime parse(String text) {
        return WallTimeText.parse(text, false);
    }

    /** As {@link #parse}, and {@code 24:00} as well. */
    public static WallTime parseEnd(String text) {
        return WallTimeText.parse(text, true);
    }

    @Override
    public int compareTo(WallTime other) {
        return Integer.compare(minuteOfDay, other.minuteOfDay);
    }

    /** {@code HH:mm}, the normal form on the wire. */
    @Override
    public String toString() {
        int hour = minuteOfDay / 60;
        int minute = minuteOfDay % 60;
        return (hour < 10 ? "0" : "") + hour + (minute < 10 ? ":0" : ":") + minute;
    }
}
