package dev.revox.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.schedule.limit.CallableTimes;
import dev.revox.schedule.limit.Limits;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallableTimesTest {
    private static final Set<DayOfWeek> EVERY_DAY = EnumSet.allOf(DayOfWeek.class);

    @ParameterizedTest(name = "{0}: {6}")
    @CsvSource({
        // zone, window, asked at, opens at, days, why
        "Europe/Paris, 10:00, 18:00, 2026-07-31T20:00:00Z, 2026-08-03T08:00:00Z, weekdays, over the weekend",
        "Europe/Paris, 10:00, 18:00, 2026-08-03T15:59:59.999Z, 2026-08-03T15:59:59.999Z, weekdays, last moment of a window",
        "Europe/Paris, 10:00, 18:00, 2026-08-03T16:00:00Z, 2026-08-04T08:00:00Z, weekdays, the end is not in the window",
        "Europe/Paris, 02:30, 03:30, 2026-03-28T23:00:00Z, 2026-03-29T01:00:00Z, all, window begins inside the spring gap",
        "Europe/Paris, 02:15, 02:45, 2026-03-28T23:00:00Z, 2026-03-30T00:15:00Z, all, window vanishes in the spring gap",
        "Europe/Paris, 02:15, 02:45, 2026-10-25T00:45:00Z, 2026-10-25T01:15:00Z, all, window opens twice in the autumn night",
        "Europe/Paris, 22:00, 02:00, 2026-08-02T23:30:00Z, 2026-08-03T20:00:00Z, weekdays, monday 01:30 belongs to sunday",
        "Europe/Paris, 22:00, 02:00, 2026-07-31T23:30:00Z, 2026-07-31T23:30:00Z, weekdays, saturday 01:30 belongs to friday",
        "Europe/Paris, 09:00, 09:00, 2026-08-01T06:59:00Z, 2026-08-01T06:59:00Z, weekdays, equal times last until the next day",
        "Europe/Paris, 09:00, 09:00, 2026-08-01T07:00:00Z, 2026-08-03T07:00:00Z, weekdays, and end there",
        "Europe/Paris, 00:00, 24:00, 2026-08-01T21:59:59Z, 2026-08-02T22:00:00Z, weekdays, a whole day ends at midnight",
        "Australia/Lord_Howe, 02:10, 02:20, 2026-10-03T12:00:00Z, 2026-10-04T15:10:00Z, all, half-hour gap swallows it",
        "Australia/Lord_Howe, 01:40, 01:50, 2026-04-04T14:55:00Z, 2026-04-04T15:10:00Z, all, half-hour overlap opens it twice",
        "Pacific/Apia, 10:00, 18:00, 2011-12-30T04:00:00Z, 2011-12-30T20:00:00Z, all, the friday that was skipped",
        "America/Havana, 00:00, 00:30, 2026-03-07T12:00:00Z, 2026-03-09T04:00:00Z, all, midnight gap swallows it",
        "America/Havana, 00:00, 01:30, 2026-03-07T12:00:00Z, 2026-03-08T05:00:00Z, all, midnight gap shortens it",
        "Africa/Casablanca, 10:00, 18:00, 2026-02-14T20:00:00Z, 2026-02-15T10:00:00Z, all, Ramadan shift",
        "Pacific/Kiritimati, 10:00, 18:00, 2026-08-02T12:00:00Z, 2026-08-02T20:00:00Z, weekdays, fourteen hours ahead"
    })
    void the_first_callable_instant_obeys_the_membership_rule(
            String zone, String start, String end, Instant asked, Instant opens, String days, String why) {
        CallableTimes times =
                times(days.equals("all") ? EVERY_DAY : RetryPolicy.DEFAULT.allowedDays(), zone, start, end);

        assertThat(first(times, asked, 366)).as(why).contains(opens);
    }

    @Test
    void an_instant_must_be_callable_in_every_zone() {
        RetryPolicy policy = policy(EVERY_DAY, List.of(window("10:00", "18:00")));
        CallableTimes both = times(policy, List.of(ZoneId.of("America/New_York"), ZoneId.of("America/Los_Angeles")));
        Instant asked = Instant.parse("2026-07-01T12:00:00Z");

        assertThat(first(both, asked, 7)).contains(Instant.parse("2026-07-01T17:00:00Z"));
        assertThat(first(both, Instant.parse("2026-07-01T22:00:00Z"), 7))
                .contains(Instant.parse("2026-07-02T17:00:00Z"));
    }

    @Test
    void zones_without_a_common_minute_never_open() {
        RetryPolicy policy = policy(EVERY_DAY, List.of(window("10:00", "18:00")));
        CallableTimes apart = times(policy, List.of(ZoneId.of("Asia/Tokyo"), ZoneId.of("America/New_York")));
        Instant asked = Instant.parse("2026-07-01T12:00:00Z");

        assertThat(first(apart, asked, 366)).isEmpty();
    }

    @Test
    void the_delay_is_that_of_the_first_listed_window_and_the_longest_over_zones() {
        CallingWindow morning = new CallingWindow(at("08:00"), at("12:00"), Duration.ofMinutes(30));
        CallingWindow whole = new CallingWindow(at("08:00"), at("20:00"), Duration.ofHours(5));
        RetryPolicy policy = policy(EVERY_DAY, List.of(morning, whole));
        List<ZoneId> paris = List.of(ZoneId.of("Europe/Paris"));
        List<ZoneId> wide = List.of(ZoneId.of("Europe/Paris"), ZoneId.of("Europe/London"));

        assertThat(delay(policy, paris, "2026-07-01T09:00:00Z")).isEqualTo(Duration.ofMinutes(30));
        assertThat(delay(policy, paris, "2026-07-01T10:30:00Z")).isEqualTo(Duration.ofHours(5));
        assertThat(delay(policy, wide, "2026-07-01T10:30:00Z")).isEqualTo(Duration.ofHours(5));
        assertThat(delay(policy, paris, "2026-07-01T22:00:00Z"))
                .as("outside every window the first one counts")
                .isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void offsets_with_seconds_are_exact() {
        CallableTimes monrovia = times(EVERY_DAY, "Africa/Monrovia", "10:00", "18:00");
        Instant asked = Instant.parse("1971-06-01T00:00:00Z");

        assertThat(first(monrovia, asked, 2)).contains(Instant.parse("1971-06-01T10:44:30Z"));
    }

    private static CallableTimes times(Set<DayOfWeek> days, String zone, String start, String end) {
        return times(policy(days, List.of(window(start, end))), List.of(ZoneId.of(zone)));
    }

    private static CallableTimes times(RetryPolicy policy, List<ZoneId> zones) {
        return new CallableTimes(policy.hours(), Limits.NONE, zones);
    }

    private static Optional<Instant> first(CallableTimes times, Instant from, int days) {
        long found = times.firstAtOrAfter(from.getEpochSecond(), from.getEpochSecond() + days * 86_400L);
        return found == CallableTimes.NONE
                ? Optional.empty()
                : Optional.of(found == from.getEpochSecond() ? from : Instant.ofEpochSecond(found));
    }

    private static Duration delay(RetryPolicy policy, List<ZoneId> zones, String start) {
        return policy.delayAfterStartAt(zones, Instant.parse(start));
    }

    private static RetryPolicy policy(Set<DayOfWeek> days, List<CallingWindow> windows) {
        return new RetryPolicy(days, false, windows, 3, Optional.empty());
    }

    private static CallingWindow window(String start, String end) {
        return new CallingWindow(at(start), at(end), Duration.ofHours(1));
    }

    private static WallTime at(String text) {
        return WallTime.of(Integer.parseInt(text.substring(0, 2)), Integer.parseInt(text.substring(3)));
    }
}
