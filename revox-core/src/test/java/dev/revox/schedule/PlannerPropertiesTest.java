package dev.revox.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.schedule.NextAttempt.Reason;
import dev.revox.schedule.RuleByTheMinute.Hours;
import dev.revox.schedule.explain.Explainer;
import dev.revox.schedule.explain.Explanation;
import dev.revox.schedule.explain.Explanation.Cause;
import dev.revox.schedule.explain.Explanation.Stretch;
import dev.revox.schedule.limit.AttemptCap;
import dev.revox.schedule.limit.GuardAnswer;
import dev.revox.schedule.limit.Limits;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for every plan, over random zones, windows, shifts of the clock and limits. */
class PlannerPropertiesTest {
    private static final Duration SCANNED = Duration.ofDays(8);

    /** Explaining walks through long ages here; one in so many is explained. */
    private static final int EXPLAINED_OF_THE_ABSURD = 10;

    private static final Set<Cause> OF_THE_CALENDAR =
            EnumSet.of(Cause.OUTSIDE_WINDOWS, Cause.DAY_NOT_ALLOWED, Cause.HOLIDAY, Cause.LEGAL_HOURS);

    @Test
    void a_first_attempt_is_at_the_earliest_callable_instant() {
        RandomPlans plans = new RandomPlans("earliest callable instant");
        for (int i = 0; i < RandomPlans.CASES; i++) {
            List<ZoneId> zones = plans.zones();
            RetryPolicy policy = plans.policy();
            Instant now = plans.instant(zones.getFirst());
            RuleByTheMinute rule = new RuleByTheMinute(zones, List.of(Hours.of(policy)), Map.of());
            PlanRequest request = PlanRequest.builder(policy, new DecidingZones(zones, false), now)
                    .build();

            Optional<Instant> planned = planned(request);

            assertEarliest(rule, now, planned, request);
        }
    }

    @Test
    void laws_closed_days_caps_guards_and_history_only_ever_narrow_it() {
        RandomPlans plans = new RandomPlans("limits and history");
        for (int i = 0; i < RandomPlans.CASES; i++) {
            List<ZoneId> zones = plans.zones();
            Instant now = plans.instant(zones.getFirst());
            Case random = Case.of(plans, zones, now);

            Optional<Instant> planned = planned(random.request());

            Optional<Instant> base = random.base();
            if (base.isEmpty()) {
                assertThat(planned).as("%s", random).isEmpty();
            } else {
                assertEarliest(random.rule(), base.get(), planned, random.request());
            }
        }
    }

    @Test
    void planning_anew_at_the_planned_instant_dials() {
        RandomPlans plans = new RandomPlans("idempotence");
        for (int i = 0; i < RandomPlans.CASES; i++) {
            List<ZoneId> zones = plans.zones();
            Instant now = plans.instant(zones.getFirst());
            PlanRequest request = Case.of(plans, zones, now).request();
            if (plans.chance(40)) {
                request = forced(request, now.plusSeconds(plans.random.nextInt(-400, 4_000)));
            }
            if (AttemptPlanner.next(request) instanceof NextAttempt.At at) {
                assertThat(at.instant()).isAfter(now);
                assertThat(AttemptPlanner.next(request.at(at.instant())))
                        .as("%s, planned for %s", request, at.instant())
                        .isInstanceOf(NextAttempt.Now.class);
                assertThat(planned(request.at(between(plans, now, at.instant()))))
                        .as("%s, planned for %s", request, at.instant())
                        .contains(at.instant());
            }
        }
    }

    @Test
    void a_forced_attempt_is_freed_from_windows_and_days_but_not_from_limits() {
        RandomPlans plans = new RandomPlans("force_now");
        for (int i = 0; i < RandomPlans.CASES; i++) {
            List<ZoneId> zones = plans.zones();
            Instant now = plans.instant(zones.getFirst());
            List<Hours> laws = plans.laws();
            Map<LocalDate, String> closed = plans.closedDates(now);
            RetryPolicy policy = plans.policy();
            PlanRequest request = forced(
                    PlanRequest.builder(policy, new DecidingZones(zones, false), now)
                            .limits(RandomPlans.with(Limits.NONE, laws, closed))
                            .build(),
                    now);
            RuleByTheMinute limits = new RuleByTheMinute(zones, laws, closed);
            PlanRequest asAnyOther = PlanRequest.builder(policy, request.zones(), now)
                    .limits(request.limits())
                    .build();

            Optional<Instant> lawful = limits.first(now, now.plusSeconds(300).plusNanos(1));

            assertThat(planned(request)).as("%s", request).isEqualTo(lawful.isPresent() ? lawful : planned(asAnyOther));
        }
    }

    @Test
    void every_request_gets_an_answer_and_an_explanation() {
        RandomPlans plans = new RandomPlans("totality");
        List<Instant> absurd = List.of(
                Instant.MIN,
                Instant.MAX,
                Instant.parse("9999-12-31T23:59:59.999999999Z"),
                Instant.parse("-9999-01-01T00:00:00Z"),
                Instant.parse("+99999-12-31T00:00:00Z"),
                Instant.EPOCH,
                Instant.parse("2026-03-08T06:00:00Z"));
        List<Duration> delays = List.of(
                Duration.ZERO,
                Duration.ofSeconds(Long.MAX_VALUE),
                Duration.ofSeconds(Long.MIN_VALUE),
                Duration.ofSeconds(9_007_199_254_740_991L),
                Duration.ofDays(365),
                Duration.ofSeconds(-1));
        for (int i = 0; i < RandomPlans.CASES; i++) {
            List<ZoneId> zones = plans.zones();
            RetryPolicy policy = plans.policy().toBuilder()
                    .window("0:00", "24:00", any(plans, delays))
                    .everyDay()
                    .build();
            Instant started = any(plans, absurd);
            Instant ended = any(plans, absurd);
            List<PastAttempt> history = plans.chance(40)
                    ? List.of()
                    : List.of(new PastAttempt(
                            started,
                            ended,
                            any(plans, List.of(PastAttempt.Kind.values())),
                            plans.chance(50) ? Optional.empty() : Optional.of(any(plans, absurd))));
            PlanRequest request = new PlanRequest(
                    plans.chance(50) ? policy : plans.policy(),
                    new DecidingZones(zones, plans.chance(20)),
                    any(plans, absurd),
                    plans.chance(50) ? Optional.empty() : Optional.of(any(plans, absurd)),
                    plans.chance(40),
                    any(plans, delays),
                    history,
                    plans.random.nextDouble(),
                    any(plans, absurd),
                    RandomPlans.with(Limits.NONE, plans.laws(), plans.closedDates(Instant.EPOCH))
                            .withCaps(
                                    List.of(any(plans, absurd)),
                                    new AttemptCap("cap", plans.random.nextInt(3), Duration.ofSeconds(Long.MAX_VALUE)))
                            .withGuards(GuardAnswer.notBefore(any(plans, absurd), "guard")));
            if (plans.chance(70)) {
                request = request.withLimits(Limits.NONE);
            }

            NextAttempt next = AttemptPlanner.next(request);

            assertThat(next).isNotNull();
            if (i % EXPLAINED_OF_THE_ABSURD == 0) {
                Explanation explanation = Explainer.explain(request);
                assertThat(explanation.answer()).isEqualTo(next);
                assertThat(explanation.stretches()).hasSizeLessThanOrEqualTo(Explanation.MAX_STRETCHES);
                assertThat(explanation.lines()).isNotEmpty();
            }
        }
    }

    @Test
    void an_explanation_leads_without_gaps_to_the_planned_instant() {
        RandomPlans plans = new RandomPlans("explanations");
        for (int i = 0; i < RandomPlans.CASES; i++) {
            List<ZoneId> zones = plans.zones();
            Instant now = plans.instant(zones.getFirst());
            Case random = Case.of(plans, zones, now);
            PlanRequest request = random.request();

            Explanation explanation = Explainer.explain(request);

            assertThat(explanation.answer()).isEqualTo(AttemptPlanner.next(request));
            Instant at = request.history().isEmpty()
                    ? request.placedAt()
                    : request.history().getLast().endedAt();
            for (Stretch stretch : explanation.stretches()) {
                assertThat(stretch.from()).as("%s\n%s", random, explanation).isEqualTo(at);
                assertRefused(plans, random, stretch);
                at = stretch.until().orElse(Instant.MAX);
                assertThat(at).isAfter(stretch.from());
            }
            if (!explanation.cut()) {
                assertThat(at)
                        .as("%s\n%s", random, explanation)
                        .isEqualTo(planned(request).orElse(Instant.MAX));
            }
        }
    }

    private static void assertRefused(RandomPlans plans, Case random, Stretch stretch) {
        Instant some = between(plans, stretch.from(), stretch.until().orElse(stretch.from()));
        if (OF_THE_CALENDAR.contains(stretch.cause())) {
            assertThat(random.rule().callable(some))
                    .as("%s at %s: %s", random, some, stretch)
                    .isFalse();
        } else if (stretch.cause() == Cause.PASSED) {
            assertThat(random.rule().callable(some))
                    .as("%s at %s: %s", random, some, stretch)
                    .isTrue();
            assertThat(some).isBefore(random.request().now());
        } else if (stretch.until().isPresent()) {
            assertThat(random.base())
                    .hasValueSatisfying(base -> assertThat(base).isAfter(some));
        }
    }

    private static void assertEarliest(
            RuleByTheMinute rule, Instant base, Optional<Instant> planned, PlanRequest request) {
        planned.ifPresent(
                at -> assertThat(rule.callable(at)).as("%s at %s", request, at).isTrue());
        Optional<Instant> scanned = rule.first(base, base.plus(SCANNED));
        if (scanned.isPresent() || planned.isEmpty() || planned.get().isBefore(base.plus(SCANNED))) {
            assertThat(planned).as("%s from %s", request, base).isEqualTo(scanned);
        }
    }

    private static Optional<Instant> planned(PlanRequest request) {
        return switch (AttemptPlanner.next(request)) {
            case NextAttempt.Now now -> Optional.of(request.now());
            case NextAttempt.At at -> Optional.of(at.instant());
            case NextAttempt.Never never -> Optional.empty();
        };
    }

    private static PlanRequest forced(PlanRequest request, Instant wish) {
        return new PlanRequest(
                request.policy(),
                request.zones(),
                request.placedAt(),
                Optional.of(wish),
                true,
                request.forceNowLapse(),
                request.history(),
                request.jitter(),
                request.now(),
                request.limits());
    }

    /** An instant of {@code [from, before)}. */
    private static Instant between(RandomPlans plans, Instant from, Instant before) {
        long nanos = Duration.between(from, before).toNanos();
        return nanos <= 1 ? from : from.plusNanos(plans.random.nextLong(nanos));
    }

    private static <T> T any(RandomPlans plans, List<T> list) {
        return list.get(plans.random.nextInt(list.size()));
    }

    /** A random request and the rule that it amounts to. */
    private record Case(PlanRequest request, RuleByTheMinute rule) {
        static Case of(RandomPlans plans, List<ZoneId> zones, Instant now) {
            RetryPolicy policy = plans.policy();
            List<Hours> laws = plans.laws();
            Map<LocalDate, String> closed = plans.closedDates(now);
            List<PastAttempt> history = plans.history(now.minusSeconds(plans.random.nextInt(100_000)));
            Instant latest = history.isEmpty()
                    ? now
                    : AttemptPlanner.later(now, history.getLast().endedAt());
            PlanRequest request = PlanRequest.builder(policy, new DecidingZones(zones, false), latest)
                    .placedAt(now.minusSeconds(100_000))
                    .scheduledAt(plans.chance(30) ? Optional.of(now.plusSeconds(9_000)) : Optional.empty())
                    .history(history)
                    .limits(RandomPlans.with(plans.holds(now), laws, closed))
                    .build();
            List<Hours> all = new ArrayList<>(laws);
            all.add(Hours.of(policy));
            return new Case(request, new RuleByTheMinute(zones, all, closed));
        }

        /** The earliest instant by history and limits alone, reckoned from the specification; empty for no attempt. */
        Optional<Instant> base() {
            List<PastAttempt> history = request.history();
            long counted = history.stream()
                    .filter(past -> past.kind() != PastAttempt.Kind.REFUSED_FOR_LOAD)
                    .count();
            if (counted >= request.policy().maxAttempts()) {
                return Optional.empty();
            }
            Instant base = request.now();
            if (history.isEmpty()) {
                base = max(base, request.scheduledAt().orElse(base));
            } else {
                base = max(base, afterHistory(history.getLast(), counted));
            }
            Limits limits = request.limits();
            for (AttemptCap cap : limits.caps()) {
                List<Instant> starts = limits.attemptStarts();
                // Counted anew at each moment at which a start falls out of the period.
                List<Instant> moments = new ArrayList<>(List.of(base));
                starts.forEach(start -> moments.add(start.plus(cap.period())));
                Instant from = base;
                base = moments.stream()
                        .filter(moment -> !moment.isBefore(from))
                        .sorted()
                        .filter(moment -> starts.stream()
                                        .filter(start -> start.isAfter(moment.minus(cap.period())))
                                        .count()
                                < cap.max())
                        .findFirst()
                        .orElseThrow();
            }
            for (GuardAnswer answer : limits.guards()) {
                if (answer instanceof GuardAnswer.NotBefore wait) {
                    base = max(base, wait.instant());
                }
            }
            return Optional.of(base);
        }

        private Instant afterHistory(PastAttempt last, long counted) {
            Instant due = dueAfter(last, counted);
            return request.history().stream()
                    .flatMap(past -> past.notBefore().stream())
                    .reduce(due, (one, other) -> max(one, other));
        }

        private Instant dueAfter(PastAttempt last, long counted) {
            if (last.kind() == PastAttempt.Kind.REFUSED_FOR_LOAD) {
                int refusals = 0;
                for (int i = request.history().size(); i > 0; i--, refusals++) {
                    if (request.history().get(i - 1).kind() != PastAttempt.Kind.REFUSED_FOR_LOAD) {
                        break;
                    }
                }
                return last.endedAt().plusMillis(500L << (refusals - 1));
            }
            boolean twice =
                    request.policy().callTwiceInARow() && counted == 1 && last.kind() == PastAttempt.Kind.NOT_REACHED;
            return twice ? last.endedAt() : last.endedAt().plus(delay(last.startedAt()));
        }

        private Duration delay(Instant started) {
            List<CallingWindow> windows = request.policy().windows();
            return request.zones().zones().stream()
                    .flatMap(zone -> windows.stream()
                            .filter(window -> new Hours(EnumSet.allOf(java.time.DayOfWeek.class), List.of(new int[] {
                                        window.start().minuteOfDay(),
                                        window.end().minuteOfDay()
                                    }))
                                    .open(java.time.LocalDateTime.ofInstant(started, zone)))
                            .findFirst()
                            .stream())
                    .map(CallingWindow::retryDelay)
                    .max(Duration::compareTo)
                    .orElse(windows.getFirst().retryDelay());
        }

        private static Instant max(Instant one, Instant other) {
            return one.isAfter(other) ? one : other;
        }
    }

    @Test
    void reasons_name_what_moved_the_attempt() {
        Instant now = Instant.parse("2026-07-13T20:00:00Z");
        PlanRequest request = PlanRequest.builder(
                        RetryPolicy.builder()
                                .everyDay()
                                .window("00:00", "24:00", Duration.ofHours(1))
                                .build(),
                        DecidingZones.of(ZoneId.of("Europe/Paris")),
                        now)
                .limits(RandomPlans.with(
                        Limits.NONE,
                        List.of(new Hours(EnumSet.allOf(java.time.DayOfWeek.class), List.of(new int[] {480, 1200}))),
                        Map.of(LocalDate.of(2026, 7, 14), "Bastille Day")))
                .build();

        assertThat(AttemptPlanner.next(request))
                .isEqualTo(new NextAttempt.At(
                        Instant.parse("2026-07-15T06:00:00Z"), List.of(Reason.HOLIDAY, Reason.LEGAL_HOURS)));
    }
}
