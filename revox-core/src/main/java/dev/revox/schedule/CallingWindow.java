package dev.revox.schedule;

import java.time.Duration;
import java.util.Objects;

/**
 * A span of the recipient's day in which a call may start, and the pause before the next attempt.
 *
 * <p>{@code [start, end)}. An end not after the start crosses midnight and belongs to the day on which it STARTED; equal
 * times mean until the same wall time of the next day.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param retryDelay elapsed time from the end of an attempt that started in this window
 */
public record CallingWindow(WallTime start, WallTime end, Duration retryDelay) {

    public CallingWindow {
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(end, "end");
        Objects.requireNonNull(retryDelay, "retryDelay");
    }

    /** 10:00 to 18:00, two hours between attempts. */
    public static final CallingWindow DEFAULT =
            new CallingWindow(WallTime.of(10, 0), WallTime.of(18, 0), Duration.ofSeconds(7200));

    /** True when a minute of the day lies in the window of that day or of the day before. */
    boolean holds(int minuteOfDay) {
        int from = start.minuteOfDay();
        int to = end.minuteOfDay();
        return to > from ? minuteOfDay >= from && minuteOfDay < to : minuteOfDay >= from || minuteOfDay < to;
    }
}
