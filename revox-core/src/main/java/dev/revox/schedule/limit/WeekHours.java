package dev.revox.schedule.limit;

import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A set of minutes of the week, by wall time: sorted spans that neither overlap nor touch.
 *
 * <p>Minute 0 is Monday 00:00. A span that leaves the week goes on at its beginning, so Sunday 22:00 to 02:00 is whole.
 *
 * <p><b>Thread:</b> Immutable. <b>Units:</b> minutes of wall time.
 */
public final class WeekHours {
    public static final int MINUTES_PER_DAY = 1440;
    public static final int MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY;

    /** What {@link #minutesUntilOpen} says of hours without a minute. */
    public static final int NEVER_OPENS = -1;

    /** What {@link #minutesUntilClosed} says of hours without a gap. */
    public static final int NEVER_CLOSES = Integer.MAX_VALUE;

    /** Every minute. */
    public static final WeekHours ALWAYS =
            builder().everyDay(0, MINUTES_PER_DAY).build();

    private final int[] opens;
    private final int[] closes;

    private WeekHours(int[] opens, int[] closes) {
        this.opens = opens;
        this.closes = closes;
    }

    /** Hours without a minute, to add spans to. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * True when the minute is one of these.
     *
     * @param minuteOfWeek 0 to 10079
     */
    public boolean openAt(int minuteOfWeek) {
        return minutesUntilOpen(minuteOfWeek) == 0;
    }

    /**
     * Minutes until the next open one: 0 when this one is open, {@link #NEVER_OPENS} without any.
     *
     * @param minuteOfWeek 0 to 10079
     */
    public int minutesUntilOpen(int minuteOfWeek) {
        int spans = opens.length;
        if (spans == 0) {
            return NEVER_OPENS;
        }
        int span = spanAfter(minuteOfWeek);
        return span == spans ? opens[0] + MINUTES_PER_WEEK - minuteOfWeek : Math.max(0, opens[span] - minuteOfWeek);
    }

    /**
     * Minutes until the next one that is not open: 0 when this one is not, {@link #NEVER_CLOSES} when all are.
     *
     * @param minuteOfWeek 0 to 10079
     */
    public int minutesUntilClosed(int minuteOfWeek) {
        if (!openAt(minuteOfWeek)) {
            return 0;
        }
        int close = closes[spanAfter(minuteOfWeek)];
        if (close < MINUTES_PER_WEEK || opens[0] > 0) {
            return close - minuteOfWeek;
        }
        return closes[0] == MINUTES_PER_WEEK ? NEVER_CLOSES : close + closes[0] - minuteOfWeek;
    }

    /** The first span that ends after a minute. */
    private int spanAfter(int minuteOfWeek) {
        int found = Arrays.binarySearch(closes, minuteOfWeek);
        return found >= 0 ? found + 1 : -found - 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WeekHours hours
                && Arrays.equals(opens, hours.opens)
                && Arrays.equals(closes, hours.closes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(opens) + Arrays.hashCode(closes);
    }

    /** Each span as {@code day hh:mm-day hh:mm}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int span = 0; span < opens.length; span++) {
            text.append(span == 0 ? "" : ", ")
                    .append(wallTime(opens[span]))
                    .append('-')
                    .append(wallTime(closes[span]));
        }
        return text.toString();
    }

    private static String wallTime(int minuteOfWeek) {
        int minute = minuteOfWeek % MINUTES_PER_DAY;
        DayOfWeek day = DayOfWeek.of(minuteOfWeek / MINUTES_PER_DAY % 7 + 1);
        return day + (minute < 600 ? " 0" : " ") + minute / 60 + (minute % 60 < 10 ? ":0" : ":") + minute % 60;
    }

    /** Collects spans; they may overlap and come in any order. <b>Thread:</b> Confined to one thread. */
    public static final class Builder {
        private final BitSet minutes = new BitSet(MINUTES_PER_WEEK);

        private Builder() {}

        /**
         * Adds {@code [start, end)} of a day; an end not after its start crosses midnight, equal means a whole day.
         *
         * @param startMinute of the day, 0 to 1440
         * @param endMinute of the day, 0 to 1440
         * @throws IllegalArgumentException when a minute is out of range
         */
        public Builder open(DayOfWeek day, int startMinute, int endMinute) {
            require("startMinute", startMinute);
            require("endMinute", endMinute);
            int from = (day.getValue() - 1) * MINUTES_PER_DAY + startMinute;
            int length = endMinute > startMinute ? endMinute - startMinute : endMinute - startMinute + MINUTES_PER_DAY;
            int end = from + length;
            minutes.set(from, Math.max(from, Math.min(end, MINUTES_PER_WEEK)));
            // A start of 24:00 on Sunday lies in the next week as a whole.
            int over = end - MINUTES_PER_WEEK;
            if (over > 0) {
                minutes.set(Math.max(0, from - MINUTES_PER_WEEK), over);
            }
            return this;
        }

        /** Adds {@code [start, end)} of every day. */
        public Builder everyDay(int startMinute, int endMinute) {
            for (DayOfWeek day : DayOfWeek.values()) {
                open(day, startMinute, endMinute);
            }
            return this;
        }

        public WeekHours build() {
            int spans = 0;
            for (int at = minutes.nextSetBit(0); at >= 0; at = minutes.nextSetBit(minutes.nextClearBit(at))) {
                spans++;
            }
            int[] opens = new int[spans];
            int[] closes = new int[spans];
            for (int span = 0, at = 0; span < spans; span++) {
                opens[span] = minutes.nextSetBit(at);
                closes[span] = minutes.nextClearBit(opens[span]);
                at = closes[span];
            }
            return new WeekHours(opens, closes);
        }

        private static void require(String name, int minute) {
            if (minute < 0 || minute > MINUTES_PER_DAY) {
                throw new IllegalArgumentException(name + " must be within 0..1440, was " + minute);
            }
        }
    }
}
