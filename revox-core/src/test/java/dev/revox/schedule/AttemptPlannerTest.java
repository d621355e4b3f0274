package dev.revox.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.schedule.NextAttempt.At;
import dev.revox.schedule.NextAttempt.Never;
import dev.revox.schedule.NextAttempt.Now;
import dev.revox.schedule.NextAttempt.Reason;
import dev.revox.schedule.NextAttempt.Why;
import dev.revox.schedule.PastAttempt.Kind;
import dev.revox.schedule.explain.Explainer;
import dev.revox.schedule.limit.AttemptCap;
import dev.revox.schedule.limit.Closures;
import dev.revox.schedule.limit.GuardAnswer;
import dev.revox.schedule.limit.LegalHours;
import dev.revox.schedule.limit.Limits;
import dev.revox.schedule.limit.WeekHours;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttemptPlannerTest {
    private static final DecidingZones PARIS = DecidingZones.of(ZoneId.of("Europe/Paris"));
    private static final DecidingZones NEW_YORK = DecidingZones.of(ZoneId.of("America/New_York"));
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
    void a_call_that_may_still_be_up_is_waited_for_even_if_a_clock_was_set_back_over_a_later_attempt() {
        RetryPolicy policy = new RetryPolicy(
                EnumSet.allOf(DayOfWeek.class), false, List.of(CallingWindow.DEFAULT), 3, Optional.empty());
        Instant certain = MONDAY_NOON.plusSeconds(5 * 3600);
        PastAttempt lost = new PastAttempt(
                MONDAY_NOON.plusSeconds(3600), MONDAY_NOON.plusSeconds(3660), Kind.ENGINE_LOST, Optional.of(certain));
        PastAttempt later = PastAttempt.of(MONDAY_NOON, MONDAY_NOON.plusSeconds(60), Kind.NOT_REACHED);

        assertThat(plan(policy, false, MONDAY_NOON.plusSeconds(60), lost, later))
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
    void a_retry_after_friday_evening_in_new_york_comes_on_monday() {
        PastAttempt friday = PastAttempt.of(
                Instant.parse("2026-03-06T22:30:00Z"), Instant.parse("2026-03-06T22:31:00Z"), Kind.NOT_REACHED);
        NextAttempt next = AttemptPlanner.next(
                PlanRequest.builder(RetryPolicy.DEFAULT, NEW_YORK, Instant.parse("2026-03-06T22:31:00Z"))
                        .history(List.of(friday))
                        .build());

        // The clocks went forward on Sunday.
        assertThat(next)
                .isEqualTo(new At(
                        Instant.parse("2026-03-09T14:00:00Z"), List.of(Reason.RETRY_DELAY, Reason.CALLING_WINDOW)));
    }

    @Test
    void a_window_that_begins_inside_a_gap_opens_where_the_gap_ends() {
        RetryPolicy policy = RetryPolicy.builder()
                .everyDay()
                .window("02:30", "05:00", Duration.ofHours(1))
                .build();

        assertThat(AttemptPlanner.next(PlanRequest.builder(policy, NEW_YORK, Instant.parse("2026-03-08T06:00:00Z"))
                        .build()))
                .isEqualTo(new At(Instant.parse("2026-03-08T07:00:00Z"), List.of(Reason.CALLING_WINDOW)));
    }

    @Test
    void the_delay_is_that_of_the_window_in_which_the_attempt_started() {
        RetryPolicy policy = RetryPolicy.builder()
                .window("10:00", "13:00", Duration.ofSeconds(1800))
                .window("14:00", "20:00", Duration.ofSeconds(7200))
                .build();
        Instant ended = Instant.parse("2026-06-15T10:50:30Z");

        assertThat(AttemptPlanner.next(PlanRequest.builder(policy, PARIS, ended)
                        .history(List.of(PastAttempt.of(ended.minusSeconds(30), ended, Kind.NOT_REACHED)))
                        .build()))
                .isEqualTo(new At(
                        Instant.parse("2026-06-15T12:00:00Z"), List.of(Reason.RETRY_DELAY, Reason.CALLING_WINDOW)));
    }

    @Test
    void limits_hold_a_forced_attempt_and_the_windows_are_back_after_the_lapse() {
        LegalHours law = LegalHours.of(
                "a law", WeekHours.builder().everyDay(8 * 60, 21 * 60).build());
        PlanRequest sunday = PlanRequest.builder(RetryPolicy.DEFAULT, PARIS, SUNDAY_NIGHT)
                .forceNow(true)
                .build();

        assertThat(AttemptPlanner.next(sunday)).isEqualTo(new Now(List.of(Reason.FORCED)));
        assertThat(AttemptPlanner.next(sunday.withLimits(Limits.NONE.withLegalHours(law))))
                .isEqualTo(new At(MONDAY_TEN, List.of(Reason.CALLING_WINDOW)));
        assertThat(AttemptPlanner.next(
                        sunday.withLimits(Limits.NONE.withGuards(GuardAnswer.never("on the do-not-call list")))))
                .isEqualTo(new Never(Why.VETO, Optional.of("on the do-not-call list")));
        assertThat(AttemptPlanner.next(sunday.withLimits(
                        Limits.NONE.withGuards(GuardAnswer.notBefore(SUNDAY_NIGHT.plusSeconds(60), "guard X failed")))))
                .isEqualTo(new At(SUNDAY_NIGHT.plusSeconds(60), List.of(Reason.GUARD_NOT_BEFORE, Reason.FORCED)));
    }

    @Test
    void a_cap_slides_and_one_of_nothing_is_never() {
        List<Instant> starts = List.of(MONDAY_NOON.minusSeconds(7200), MONDAY_NOON.minusSeconds(60));
        PlanRequest request =
                PlanRequest.builder(RetryPolicy.DEFAULT, PARIS, MONDAY_NOON).build();

        assertThat(AttemptPlanner.next(request.withLimits(
                        Limits.NONE.withCaps(starts, new AttemptCap("two in three hours", 2, Duration.ofHours(3))))))
                .isEqualTo(new At(MONDAY_NOON.plusSeconds(3600), List.of(Reason.CAP_REACHED)));
        assertThat(AttemptPlanner.next(request.withLimits(
                        Limits.NONE.withCaps(starts, new AttemptCap("two in two hours", 2, Duration.ofHours(2))))))
                .isEqualTo(new Now(List.of()));
        assertThat(AttemptPlanner.next(request.withLimits(
                        Limits.NONE.withCaps(starts, new AttemptCap("none", 0, Duration.ofHours(2))))))
                .isEqualTo(new Never(Why.CAP_REACHED, Optional.of("none")));
    }

    @Test
    void a_closed_date_counts_in_its_own_zone_only() {
        Instant tuesday = Instant.parse("2026-07-14T09:00:00Z");
        Map<LocalDate, String> bastille = Map.of(LocalDate.of(2026, 7, 14), "Bastille Day");
        PlanRequest request =
                PlanRequest.builder(RetryPolicy.DEFAULT, PARIS, tuesday).build();

        assertThat(AttemptPlanner.next(request.withLimits(Limits.NONE.withClosures(Closures.of(bastille)))))
                .isEqualTo(
                        new At(Instant.parse("2026-07-15T08:00:00Z"), List.of(Reason.CALLING_WINDOW, Reason.HOLIDAY)));
        assertThat(AttemptPlanner.next(request.withLimits(
                        Limits.NONE.withClosures(Closures.in(ZoneId.of("America/New_York"), bastille)))))
                .isEqualTo(new Now(List.of()));
    }

    @Test
    void an_explanation_names_each_stretch_in_plain_words() {
        PlanRequest request = PlanRequest.builder(
                        RetryPolicy.DEFAULT,
                        new DecidingZones(PARIS.zones(), true),
                        Instant.parse("2026-07-10T15:31:00Z"))
                .history(List.of(PastAttempt.of(
                        Instant.parse("2026-07-10T15:30:00Z"),
                        Instant.parse("2026-07-10T15:31:00Z"),
                        Kind.NOT_REACHED)))
                .limits(Limits.NONE
                        .withClosures(Closures.of(Map.of(LocalDate.of(2026, 7, 13), "Some Day")))
                        .withLegalHours(LegalHours.of(
                                "Law 7",
                                WeekHours.builder().everyDay(11 * 60, 20 * 60).build())))
                .build();

        assertThat(Explainer.explain(request).lines())
                .containsExactly(
                        "low confidence: the number does not tell its zone, so [Europe/Paris] decide",
                        "2026-07-10T15:31:00Z to 2026-07-10T17:31:00Z: the delay after the last attempt is running",
                        "2026-07-10T17:31:00Z to 2026-07-10T22:00:00Z: outside the calling windows in Europe/Paris",
                        "2026-07-10T22:00:00Z to 2026-07-12T22:00:00Z: not an allowed day in Europe/Paris",
                        "2026-07-12T22:00:00Z to 2026-07-13T22:00:00Z: a closed day (Some Day) in Europe/Paris",
                        "2026-07-13T22:00:00Z to 2026-07-14T08:00:00Z: outside the calling windows in Europe/Paris",
                        "2026-07-14T08:00:00Z to 2026-07-14T09:00:00Z: outside the legal hours (Law 7) in Europe/Paris",
                        "the next attempt is at 2026-07-14T09:00:00Z");
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
