package dev.revox.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.schedule.NextAttempt.At;
import dev.revox.schedule.NextAttempt.Never;
import dev.revox.schedule.NextAttempt.Now;
import dev.revox.schedule.NextAttempt.Reason;
import dev.revox.schedule.NextAttempt.Why;
import dev.revox.schedule.PastAttempt.Kind;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttemptPlannerTest {
    private static final DecidingZones PARIS = DecidingZones.of(ZoneId.of("Europe/Paris"));
    private static final Instant MONDAY_NOON = Instant.parse("2026-08-03T10:00:00Z");
    private static final Instant SUNDAY_NIGHT = Instant.parse("2026-08-02T21:00:00Z");
    private static final Instant MONDAY_TEN = Instant.parse("2026-08-03T08:00:00Z");

    @Test
    void a_first_attempt_inside_a_window_is_now() {
        assertThat(plan(MONDAY_NOON, MONDAY_NOON, false, Optional.empty())).isEqualTo(new Now(List.of()));
    }

    @Test
    void a_first_attempt_outside_waits_for_the_window() {
        assertThat(plan(SUNDAY_NIGHT, SUNDAY_NIGHT, false, Optional.empty()))
                .isEqualTo(new At(MONDAY_TEN, List.of(Reason.CALLING_WINDOW)));
    }

    @Test
    void a_wish_for_later_is_moved_into_a_window() {
        Instant wish = Instant.parse("2026-08-04T05:00:00Z");
        assertThat(plan(MONDAY_NOON, MONDAY_NOON, false, Optional.of(wish)))
                .isEqualTo(new At(
                        Instant.parse("2026-08-04T08:00:00Z"), List.of(Reason.SCHEDULED_AT, Reason.CALLING_WINDOW)));
    }

    @Test
    void force_now_dials_on_a_sunday_night() {
        assertThat(plan(SUNDAY_NIGHT, SUNDAY_NIGHT, true, Optional.empty())).isEqualTo(new Now(List.of(Reason.FORCED)));
    }

    @Test
    void force_now_with_a_later_wish_dials_then() {
        Instant wish = SUNDAY_NIGHT.plusSeconds(1800);
        assertThat(plan(SUNDAY_NIGHT, SUNDAY_NIGHT, true, Optional.of(wish)))
                .isEqualTo(new At(wish, List.of(Reason.SCHEDULED_AT, Reason.FORCED)));
    }

    @Test
    void force_now_lapses_five_minutes_after_becoming_due() {
        assertThat(plan(SUNDAY_NIGHT, SUNDAY_NIGHT.plusSeconds(300), true, Optional.empty()))
                .isEqualTo(new Now(List.of(Reason.FORCED)));
        assertThat(plan(SUNDAY_NIGHT, SUNDAY_NIGHT.plusSeconds(301), true, Optional.empty()))
                .isEqualTo(new At(MONDAY_TEN, List.of(Reason.CALLING_WINDOW)));
    }

    @Test
    void force_now_does_not_free_the_second_attempt() {
        PastAttempt first = attempt(SUNDAY_NIGHT, 30, Kind.NOT_REACHED);
        assertThat(plan(RetryPolicy.DEFAULT, true, SUNDAY_NIGHT.plusSeconds(40), first))
                .isEqualTo(new At(MONDAY_TEN, List.of(Reason.RETRY_DELAY, Reason.CALLING_WINDOW)));
    }

    @Test
    void force_now_frees_the_back_off_of_the_first_attempt() {
        PastAttempt refused = attempt(SUNDAY_NIGHT, 2, Kind.REFUSED_FOR_LOAD);
        assertThat(plan(RetryPolicy.DEFAULT, true, SUNDAY_NIGHT.plusSeconds(2), refused))
                .isEqualTo(new At(SUNDAY_NIGHT.plusMillis(2750), List.of(Reason.BACK_OFF, Reason.FORCED)));
    }

    @Test
    void a_retry_comes_after_the_delay_from_the_end() {
        PastAttempt first = attempt(MONDAY_NOON, 30, Kind.NOT_REACHED);
        assertThat(plan(RetryPolicy.DEFAULT, false, MONDAY_NOON.plusSeconds(30), first))
                .isEqualTo(new At(MONDAY_NOON.plusSeconds(7230), List.of(Reason.RETRY_DELAY)));
        assertThat(plan(RetryPolicy.DEFAULT, false, MONDAY_NOON.plusSeconds(7230), first))
                .isEqualTo(new Now(List.of(Reason.RETRY_DELAY)));
    }

    @Test
    void the_maximum_counts_every_attempt_but_refusals_for_load() {
        PastAttempt[] three = {
            attempt(MONDAY_NOON, 1, Kind.NOT_REACHED),
            attempt(MONDAY_NOON.plusSeconds(10), 1, Kind.REFUSED_FOR_LOAD),
            attempt(MONDAY_NOON.plusSeconds(20), 1, Kind.NOT_REACHED),
            attempt(MONDAY_NOON.plusSeconds(30), 1, Kind.NOT_REACHED)
        };
        Instant now = MONDAY_NOON.plusSeconds(40);
        assertThat(plan(RetryPolicy.DEFAULT, false, now, three)).isEqualTo(new Never(Why.ATTEMPTS_USED_UP));
        assertThat(plan(RetryPolicy.DEFAULT, false, now, three[0], three[1], three[2]))
                .isInstanceOf(At.class);
    }

    @Test
    void twice_in_a_row_skips_the_first_delay_only() {
        RetryPolicy policy = new RetryPolicy(
                EnumSet.allOf(DayOfWeek.class), true, List.of(CallingWindow.DEFAULT), 3, Optional.empty());
        PastAttempt first = attempt(MONDAY_NOON, 30, Kind.NOT_REACHED);
        PastAttempt second = attempt(MONDAY_NOON.plusSeconds(31), 30, Kind.NOT_REACHED);

        assertThat(plan(policy, false, MONDAY_NOON.plusSeconds(30), first))
                .isEqualTo(new Now(List.of(Reason.TWICE_IN_A_ROW)));
        assertThat(plan(policy, false, MONDAY_NOON.plusSeconds(61), first, second))
                .isEqualTo(new At(MONDAY_NOON.plusSeconds(61 + 7200), List.of(Reason.RETRY_DELAY)));
    }

    @Test
    void a_lost_engine_is_neither_twice_in_a_row_nor_dialled_before_its_call_is_over_for_certain() {
        RetryPolicy policy = new RetryPolicy(
                EnumSet.allOf(DayOfWeek.class), true, List.of(CallingWindow.DEFAULT), 3, Optional.empty());
        Instant certain = MONDAY_NOON.plusSeconds(3 * 3600);
        PastAttempt lost =
                new PastAttempt(MONDAY_NOON, MONDAY_NOON.plusSeconds(60), Kind.ENGINE_LOST, Optional.of(certain));

        assertThat(plan(policy, false, MONDAY_NOON.plusSeconds(60), lost))
                .isEqualTo(new At(certain, List.of(Reason.RETRY_DELAY, Reason.ENGINE_LOST)));
    }

    @Test
    void back_offs_double_up_to_five_minutes_and_give_up_after_a_day() {
        List<PastAttempt> refusals = new ArrayList<>();
        Instant at = Instant.parse("2026-08-03T08:00:00Z");
        RetryPolicy allDay = new RetryPolicy(
                EnumSet.allOf(DayOfWeek.class),
                false,
                List.of(new CallingWindow(WallTime.of(0, 0), WallTime.of(24, 0), Duration.ofHours(2))),
                1,
                Optional.empty());
        List<Duration> pauses = new ArrayList<>();
        NextAttempt next = new Now(List.of());
        while (!(next instanceof Never)) {
            refusals.add(PastAttempt.of(at, at, Kind.REFUSED_FOR_LOAD));
            next = plan(allDay, false, at, refusals.toArray(PastAttempt[]::new));
            if (next instanceof At later) {
                pauses.add(Duration.between(at, later.instant()));
                at = later.instant();
            }
        }
        assertThat(pauses.subList(0, 4))
                .containsExactly(
                        Duration.ofMillis(750),
                        Duration.ofMillis(1500),
                        Duration.ofMillis(3000),
                        Duration.ofMillis(6000));
        assertThat(pauses.getLast()).isEqualTo(Duration.ofMillis(225_000));
        assertThat(next).isEqualTo(new Never(Why.REFUSED_FOR_TOO_LONG));
        assertThat(Duration.between(refusals.getFirst().startedAt(), at))
                .isBetween(Duration.ofHours(24), Duration.ofHours(24).plusMinutes(5));
    }

    @Test
    void a_delay_beyond_a_year_ends_the_order() {
        RetryPolicy patient = new RetryPolicy(
                EnumSet.allOf(DayOfWeek.class),
                false,
                List.of(new CallingWindow(
                        WallTime.of(10, 0), WallTime.of(18, 0), Duration.ofSeconds(9_007_199_254_740_991L))),
                3,
                Optional.empty());
        assertThat(plan(patient, false, MONDAY_NOON.plusSeconds(9), attempt(MONDAY_NOON, 9, Kind.NOT_REACHED)))
                .isEqualTo(new Never(Why.NO_CALLABLE_INSTANT));
    }

    @Test
    void zones_are_chosen_by_policy_then_candidates_then_principal_then_fallback() {
        ZoneId paris = ZoneId.of("Europe/Paris");
        ZoneId tokyo = ZoneId.of("Asia/Tokyo");
        ZoneId newYork = ZoneId.of("America/New_York");
        RetryPolicy own = new RetryPolicy(
                RetryPolicy.DEFAULT.allowedDays(), false, List.of(CallingWindow.DEFAULT), 3, Optional.of(tokyo));

        assertThat(DecidingZones.choose(own, List.of(paris), List.of(), Optional.empty(), MONDAY_NOON))
                .contains(DecidingZones.of(tokyo));
        assertThat(DecidingZones.choose(
                        RetryPolicy.DEFAULT,
                        List.of(tokyo, newYork),
                        List.of(newYork),
                        Optional.of(paris),
                        MONDAY_NOON))
                .contains(new DecidingZones(List.of(newYork), true));
        assertThat(DecidingZones.choose(
                        RetryPolicy.DEFAULT, List.of(tokyo, newYork), List.of(), Optional.of(paris), MONDAY_NOON))
                .contains(new DecidingZones(List.of(paris), true));
        assertThat(DecidingZones.choose(RetryPolicy.DEFAULT, List.of(), List.of(), Optional.empty(), MONDAY_NOON))
                .isEmpty();
    }

    private static PastAttempt attempt(Instant start, int seconds, Kind kind) {
        return PastAttempt.of(start, start.plusSeconds(seconds), kind);
    }

    private static NextAttempt plan(Instant placed, Instant now, boolean force, Optional<Instant> wish) {
        return AttemptPlanner.next(new PlanRequest(
                RetryPolicy.DEFAULT,
                PARIS,
                placed,
                wish,
                force,
                PlanRequest.DEFAULT_FORCE_NOW_LAPSE,
                List.of(),
                0.5,
                now));
    }

    private static NextAttempt plan(RetryPolicy policy, boolean force, Instant now, PastAttempt... history) {
        return AttemptPlanner.next(new PlanRequest(
                policy,
                PARIS,
                history[0].startedAt(),
                Optional.empty(),
                force,
                PlanRequest.DEFAULT_FORCE_NOW_LAPSE,
                List.of(history),
                0.5,
                now));
    }
}
