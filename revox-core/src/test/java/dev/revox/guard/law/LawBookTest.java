package dev.revox.guard.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.guard.DialGuard;
import dev.revox.guard.DialQuestion;
import dev.revox.guard.NumberHistory;
import dev.revox.guard.holiday.PublicHolidays;
import dev.revox.order.OrderKey;
import dev.revox.phone.PhoneNumber;
import dev.revox.schedule.AttemptPlanner;
import dev.revox.schedule.DecidingZones;
import dev.revox.schedule.NextAttempt;
import dev.revox.schedule.PlanRequest;
import dev.revox.schedule.RetryPolicy;
import dev.revox.schedule.limit.GuardAnswer;
import dev.revox.schedule.limit.Limits;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LawBookTest {
    private static final PhoneNumber MIAMI = PhoneNumber.of("+13052345678");
    private static final PhoneNumber NEW_YORK = PhoneNumber.of("+12122345678");
    private static final PhoneNumber TORONTO = PhoneNumber.of("+14162345678");
    private static final PhoneNumber PARIS = PhoneNumber.of("+33142685300");
    private static final PhoneNumber LONDON = PhoneNumber.of("+442079460018");

    private static final LawBook BOOK = LawBook.of(PublicHolidays.create(), all());

    /** Day and night, so that only the law decides. */
    private static final RetryPolicy ANY_TIME = RetryPolicy.builder()
            .everyDay()
            .window("00:00", "24:00", Duration.ofHours(1))
            .build();

    private static List<CallingLaw> all() {
        List<CallingLaw> laws = new ArrayList<>(CallingLaws.unitedStates());
        laws.addAll(CallingLaws.france());
        laws.addAll(CallingLaws.unitedKingdom());
        return laws;
    }

    @Test
    void laws_are_found_by_region_and_area_code() {
        assertThat(BOOK.protecting(MIAMI)).containsExactly(CallingLaws.US_FEDERAL, CallingLaws.US_FLORIDA);
        assertThat(BOOK.protecting(NEW_YORK)).containsExactly(CallingLaws.US_FEDERAL);
        assertThat(BOOK.protecting(TORONTO)).isEmpty();
        assertThat(BOOK.protecting(PARIS)).containsExactly(CallingLaws.FRANCE, CallingLaws.FRANCE_CONSENT);
        assertThat(BOOK.protecting(LONDON)).containsExactly(CallingLaws.UNITED_KINGDOM_CUSTOM);
    }

    @Test
    void a_number_of_no_certain_region_has_the_laws_of_all_that_share_its_code() {
        // Possible, but no plan of +1 has it.
        assertThat(BOOK.protecting(PhoneNumber.of("+11234567890"))).contains(CallingLaws.US_FEDERAL);
    }

    @ParameterizedTest(name = "{0} from {1}: {2}")
    @CsvSource({
        "miami, 2026-11-27T12:59:00Z, 2026-11-27T13:00:00Z, 8 a.m. in Florida",
        "miami, 2026-11-28T01:00:00Z, 2026-11-28T13:00:00Z, 8 p.m. in Florida",
        "newYork, 2026-11-28T01:59:59Z, 2026-11-28T01:59:59Z, just before 9 p.m. in New York",
        "newYork, 2026-11-28T02:00:00Z, 2026-11-28T13:00:00Z, 9 p.m. in New York",
        "paris, 2026-11-27T12:00:00Z, 2026-11-27T13:00:00Z, noon break in France",
        "paris, 2026-11-27T19:00:00Z, 2026-11-30T09:00:00Z, Friday 8 p.m. in France",
        "paris, 2026-12-24T19:30:00Z, 2026-12-28T09:00:00Z, Christmas and a weekend in France",
        "paris, 2026-05-14T08:00:00Z, 2026-05-15T08:00:00Z, Ascension Day in France",
        "london, 2026-11-28T21:00:00Z, 2026-11-30T09:00:00Z, Saturday evening in London"
    })
    void the_laws_hours_and_holidays_decide_when_the_next_attempt_is(
            String who, Instant now, Instant planned, String why) {
        PhoneNumber number = switch (who) {
            case "miami" -> MIAMI;
            case "newYork" -> NEW_YORK;
            case "paris" -> PARIS;
            default -> LONDON;
        };
        ZoneId zone = ZoneId.of(
                switch (who) {
                    case "paris" -> "Europe/Paris";
                    case "london" -> "Europe/London";
                    default -> "America/New_York";
                });

        assertThat(instant(plan(number, zone, now, List.of()), now)).as(why).isEqualTo(planned);
    }

    @Test
    void a_fourth_call_within_a_day_waits_in_florida_and_not_in_new_york() {
        Instant now = Instant.parse("2026-11-27T18:00:00Z");
        List<Instant> three = IntStream.of(1, 2, 5)
                .mapToObj(hours -> now.minus(Duration.ofHours(hours)))
                .toList();

        assertThat(instant(plan(MIAMI, ZoneId.of("America/New_York"), now, three), now))
                .isEqualTo(Instant.parse("2026-11-28T13:00:00Z"));
        assertThat(instant(plan(NEW_YORK, ZoneId.of("America/New_York"), now, three), now))
                .isEqualTo(now);
    }

    @Test
    void four_calls_in_thirty_days_are_enough_in_france() {
        Instant now = Instant.parse("2026-11-27T14:00:00Z");
        List<Instant> four = IntStream.of(29, 20, 10, 1)
                .mapToObj(days -> now.minus(Duration.ofDays(days)))
                .toList();

        assertThat(instant(plan(PARIS, ZoneId.of("Europe/Paris"), now, four), now))
                .as("a Saturday, so the Monday after")
                .isEqualTo(Instant.parse("2026-11-30T09:00:00Z"));
    }

    @Test
    void the_history_is_asked_only_where_a_cap_needs_it() {
        NumberHistory unused = new NumberHistory() {
            @Override
            public List<Instant> attemptStarts(Optional<String> tenant, PhoneNumber number, Instant since) {
                throw new AssertionError("asked");
            }

            @Override
            public Optional<Instant> lastRefusal(Optional<String> tenant, PhoneNumber number) {
                throw new AssertionError("asked");
            }
        };

        Limits limits = BOOK.limits(Optional.empty(), LONDON, Instant.parse("2026-11-27T10:00:00Z"), unused);

        assertThat(limits.legalHours()).hasSize(1);
        assertThat(limits.caps()).isEmpty();
    }

    @Test
    void consent_is_asked_for_in_france_from_its_date_on() {
        DialGuard guard = BOOK.guard((tenant, number, at) -> Optional.empty(), history(List.of(), Optional.empty()));

        assertThat(guard.ask(about(PARIS, Instant.parse("2026-08-09T10:00:00Z"))))
                .isEqualTo(GuardAnswer.YES);
        assertThat(guard.ask(about(PARIS, Instant.parse("2026-08-11T10:00:00Z"))))
                .isEqualTo(GuardAnswer.never("no consent on record, which Code de la consommation L. 223-1 asks for"));
        assertThat(guard.ask(about(LONDON, Instant.parse("2026-08-11T10:00:00Z"))))
                .isEqualTo(GuardAnswer.YES);
    }

    @Test
    void a_refusal_in_france_is_followed_by_sixty_full_days() {
        Instant refused = Instant.parse("2026-03-02T10:00:00Z");
        DialGuard guard =
                BOOK.guard((tenant, number, at) -> Optional.empty(), history(List.of(), Optional.of(refused)));

        assertThat(guard.ask(about(PARIS, refused.plus(Duration.ofDays(60)))))
                .isInstanceOf(GuardAnswer.NotBefore.class);
        assertThat(guard.ask(about(PARIS, refused.plus(Duration.ofDays(61))))).isEqualTo(GuardAnswer.YES);
        assertThat(guard.ask(about(MIAMI, refused.plus(Duration.ofDays(1))))).isEqualTo(GuardAnswer.YES);
    }

    @Test
    void a_law_of_ones_own_ends_on_its_date() {
        CallingLaw law = CallingLaw.builder("quiet month", LocalDate.of(2026, 11, 1), "GB")
                .until(LocalDate.of(2026, 12, 1))
                .hours(java.util.EnumSet.of(java.time.DayOfWeek.MONDAY), "09:00", "10:00")
                .build();
        LawBook book = LawBook.of(HolidayCalendar.NONE, List.of(law));
        Instant saturday = Instant.parse("2026-11-28T12:00:00Z");
        Instant monday = Instant.parse("2026-11-30T12:00:00Z");

        assertThat(instant(plan(book, LONDON, ZoneId.of("Europe/London"), saturday, List.of()), saturday))
                .isEqualTo(Instant.parse("2026-11-30T09:00:00Z"));
        assertThat(instant(plan(book, LONDON, ZoneId.of("Europe/London"), monday, List.of()), monday))
                .isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
        assertThatThrownBy(() -> CallingLaw.builder("nowhere", LocalDate.EPOCH).build())
                .hasMessageContaining("regions");
    }

    @Test
    void a_calendar_that_does_not_know_the_holidays_of_a_law_is_refused() {
        assertThatThrownBy(() -> LawBook.of(HolidayCalendar.NONE, CallingLaws.france()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none of FR");
    }

    @Test
    void holidays_are_known_by_name_in_regions_and_subdivisions() {
        HolidayCalendar holidays = PublicHolidays.create();

        assertThat(holidays.closedName("FR", LocalDate.of(2026, 7, 14))).isPresent();
        assertThat(holidays.closedName("FR", LocalDate.of(2026, 7, 15))).isEmpty();
        assertThat(holidays.holidays("FR", 2026).keySet())
                .as("the eleven of article L. 3133-1")
                .containsExactly(
                        LocalDate.of(2026, 1, 1),
                        LocalDate.of(2026, 4, 6),
                        LocalDate.of(2026, 5, 1),
                        LocalDate.of(2026, 5, 8),
                        LocalDate.of(2026, 5, 14),
                        LocalDate.of(2026, 5, 25),
                        LocalDate.of(2026, 7, 14),
                        LocalDate.of(2026, 8, 15),
                        LocalDate.of(2026, 11, 1),
                        LocalDate.of(2026, 11, 11),
                        LocalDate.of(2026, 12, 25));
        assertThat(holidays.closedName("DE-BY", LocalDate.of(2026, 1, 6))).isPresent();
        assertThat(holidays.closedName("DE", LocalDate.of(2026, 1, 6))).isEmpty();
        assertThat(holidays.closedName("IT", LocalDate.of(2026, 6, 2))).isPresent();
        assertThat(holidays.holidays("XX", 2026)).isEmpty();
    }

    private static NextAttempt plan(PhoneNumber number, ZoneId zone, Instant now, List<Instant> starts) {
        return plan(BOOK, number, zone, now, starts);
    }

    private static NextAttempt plan(LawBook book, PhoneNumber number, ZoneId zone, Instant now, List<Instant> starts) {
        return AttemptPlanner.next(PlanRequest.builder(ANY_TIME, DecidingZones.of(zone), now)
                .limits(book.limits(Optional.empty(), number, now, history(starts, Optional.empty())))
                .build());
    }

    private static Instant instant(NextAttempt next, Instant now) {
        return next instanceof NextAttempt.At at ? at.instant() : now;
    }

    private static DialQuestion about(PhoneNumber number, Instant at) {
        return new DialQuestion(
                new OrderKey(Optional.empty(), "o-1"), number, 1, DialQuestion.Moment.DIAL, Map.of(), at);
    }

    private static NumberHistory history(List<Instant> starts, Optional<Instant> refusal) {
        return new NumberHistory() {
            @Override
            public List<Instant> attemptStarts(Optional<String> tenant, PhoneNumber number, Instant since) {
                return starts;
            }

            @Override
            public Optional<Instant> lastRefusal(Optional<String> tenant, PhoneNumber number) {
                return refusal;
            }
        };
    }
}
