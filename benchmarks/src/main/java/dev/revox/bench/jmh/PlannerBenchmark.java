package dev.revox.bench.jmh;

import dev.revox.guard.NumberHistory;
import dev.revox.guard.law.CallingLaws;
import dev.revox.guard.law.HolidayCalendar;
import dev.revox.guard.law.LawBook;
import dev.revox.phone.PhoneNumber;
import dev.revox.schedule.AttemptPlanner;
import dev.revox.schedule.DecidingZones;
import dev.revox.schedule.NextAttempt;
import dev.revox.schedule.PastAttempt;
import dev.revox.schedule.PlanRequest;
import dev.revox.schedule.RetryPolicy;
import dev.revox.schedule.limit.Limits;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One decision when to dial: what happens at each placing, each end of an attempt and right before each INVITE. */
@State(Scope.Thread)
public class PlannerBenchmark {

    private static final DecidingZones NEW_YORK = DecidingZones.of(ZoneId.of("America/New_York"));
    private static final DecidingZones TWO_ZONES =
            new DecidingZones(List.of(ZoneId.of("America/New_York"), ZoneId.of("America/Chicago")), false);
    private static final DecidingZones PARIS = DecidingZones.of(ZoneId.of("Europe/Paris"));
    private static final Instant TUESDAY_NOON = Instant.parse("2026-03-03T17:00:00Z");
    private static final Instant FRIDAY_EVENING = Instant.parse("2026-03-06T22:31:00Z");
    private static final Instant CHRISTMAS_EVE = Instant.parse("2026-12-24T18:30:00Z");

    private final PlanRequest inTheWindow =
            PlanRequest.builder(RetryPolicy.DEFAULT, NEW_YORK, TUESDAY_NOON).build();
    private final PlanRequest afterFriday = retry(NEW_YORK, FRIDAY_EVENING, Limits.NONE);
    private final PlanRequest twoZonesAfterFriday = retry(TWO_ZONES, FRIDAY_EVENING, Limits.NONE);
    private final PlanRequest frenchChristmas = retry(PARIS, CHRISTMAS_EVE, french());

    /** A first attempt in one zone that may be made at once. */
    @Benchmark
    public NextAttempt now() {
        return AttemptPlanner.next(inTheWindow);
    }

    /** A retry in one zone that waits from Friday evening to Monday, over a change of the clocks. */
    @Benchmark
    public NextAttempt fridayToMonday() {
        return AttemptPlanner.next(afterFriday);
    }

    /** The same in two zones. */
    @Benchmark
    public NextAttempt twoZonesOverWeekend() {
        return AttemptPlanner.next(twoZonesAfterFriday);
    }

    /** A retry in one zone under a law with hours, holidays and a cap, from Christmas Eve to the Monday after. */
    @Benchmark
    public NextAttempt lawAndHolidays() {
        return AttemptPlanner.next(frenchChristmas);
    }

    private static PlanRequest retry(DecidingZones zones, Instant now, Limits limits) {
        return PlanRequest.builder(RetryPolicy.DEFAULT, zones, now)
                .history(List.of(PastAttempt.of(now.minusSeconds(60), now, PastAttempt.Kind.NOT_REACHED)))
                .limits(limits)
                .build();
    }

    private static Limits french() {
        HolidayCalendar holidays = (region, year) -> Map.of(
                LocalDate.of(year, 1, 1), "New Year",
                LocalDate.of(year, 5, 1), "Labour Day",
                LocalDate.of(year, 7, 14), "National Day",
                LocalDate.of(year, 12, 25), "Christmas");
        return LawBook.of(holidays, CallingLaws.france())
                .limits(Optional.empty(), PhoneNumber.of("+33142685300"), CHRISTMAS_EVE, new OneAttempt());
    }

    private static final class OneAttempt implements NumberHistory {
        @Override
        public List<Instant> attemptStarts(Optional<String> tenant, PhoneNumber number, Instant since) {
            return List.of(CHRISTMAS_EVE.minusSeconds(60));
        }

        @Override
        public Optional<Instant> lastRefusal(Optional<String> tenant, PhoneNumber number) {
            return Optional.empty();
        }
    }
}
