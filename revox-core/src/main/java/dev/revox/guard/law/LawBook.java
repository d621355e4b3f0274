package dev.revox.guard.law;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.revox.guard.ConsentRegister;
import dev.revox.guard.DialGuard;
import dev.revox.guard.NumberHistory;
import dev.revox.phone.PhoneNumber;
import dev.revox.phone.PhoneNumbers;
import dev.revox.schedule.limit.AttemptCap;
import dev.revox.schedule.limit.Closures;
import dev.revox.schedule.limit.LegalHours;
import dev.revox.schedule.limit.Limits;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The laws that an engine keeps, and what they make of a number. All that protect it hold together, so the strictest counts.
 *
 * <p>Hours, closed days and caps go to the planner as {@link #limits}; consent and silence after a refusal are asked by
 * {@link #guard}. An engine needs both.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class LawBook {
    /** A planner looks a year and a day ahead, so three calendar years hold all dates that it may meet. */
    private static final int YEARS = 3;

    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 9999;

    private final List<CallingLaw> laws;
    private final HolidayCalendar holidays;

    /** Closed dates by law and first year; they are the same whenever they are worked out. */
    private final Cache<LawYears, Closures> closures =
            Caffeine.newBuilder().maximumSize(1_000).build();

    private LawBook(List<CallingLaw> laws, HolidayCalendar holidays) {
        this.laws = List.copyOf(laws);
        this.holidays = holidays;
    }

    private record LawYears(int law, int year) {}

    /**
     * A book of laws.
     *
     * @param holidays asked for the holidays that laws close on
     * @throws IllegalArgumentException when it knows none of a region that a law closes on: the law would not be kept
     */
    public static LawBook of(HolidayCalendar holidays, List<CallingLaw> laws) {
        for (CallingLaw law : laws) {
            Optional<String> region = law.closedOnHolidaysOf();
            if (region.isPresent()
                    && holidays.holidays(region.get(), law.from().getYear()).isEmpty()) {
                throw new IllegalArgumentException("holidays: the calendar knows none of " + region.get() + " in "
                        + law.from().getYear() + ", which " + law.name() + " closes on; give one that does");
            }
        }
        return new LawBook(laws, holidays);
    }

    /** All laws of the book. */
    public List<CallingLaw> laws() {
        return laws;
    }

    /** The laws that protect a number, whenever they are in force. */
    public List<CallingLaw> protecting(PhoneNumber number) {
        Set<String> regions = PhoneNumbers.possibleRegions(number);
        return laws.stream().filter(law -> law.protects(number, regions)).toList();
    }

    /**
     * Hours, closed days and caps for the next attempt on a number. The history is asked only where a cap needs it.
     *
     * @param tenant the organization that calls, empty without tenants
     * @param from no attempt is planned before this; later of now and the order's own wish
     */
    public Limits limits(Optional<String> tenant, PhoneNumber number, Instant from, NumberHistory history) {
        List<LegalHours> hours = new ArrayList<>();
        Closures closed = Closures.NONE;
        List<AttemptCap> caps = new ArrayList<>();
        for (CallingLaw law : protecting(number)) {
            law.hours().ifPresent(open -> hours.add(new LegalHours(law.name(), open, law.from(), law.until())));
            if (law.closedOnHolidaysOf().isPresent()) {
                closed = closed.and(closures(law, from));
            }
            if (law.inForce(from)) {
                caps.addAll(law.caps());
            }
        }
        List<Instant> starts = caps.stream()
                .map(cap -> cap.lookBack(from))
                .min(Instant::compareTo)
                .map(since -> history.attemptStarts(tenant, number, since))
                .orElse(List.of());
        return new Limits(hours, closed, caps, starts, List.of());
    }

    /** Asks for consent and for silence after a refusal where a law in force does. It never throws. */
    public DialGuard guard(ConsentRegister consents, NumberHistory history) {
        List<DialGuard> guards = new ArrayList<>();
        for (CallingLaw law : laws) {
            if (law.consentNeeded()) {
                guards.add(new LawGuard(law, DialGuard.consent(consents, law.name())));
            }
            law.silenceAfterRefusal()
                    .ifPresent(silence ->
                            guards.add(new LawGuard(law, DialGuard.silenceAfterRefusal(history, silence, law.name()))));
        }
        return DialGuard.all(guards);
    }

    private Closures closures(CallingLaw law, Instant from) {
        int year = from.atOffset(ZoneOffset.ofHours(-12)).getYear();
        if (year < FIRST_YEAR || year > LAST_YEAR - YEARS) {
            return Closures.NONE;
        }
        return closures.get(new LawYears(laws.indexOf(law), year), key -> closedDates(law, key.year()));
    }

    private Closures closedDates(CallingLaw law, int year) {
        Map<LocalDate, String> dates = new TreeMap<>();
        for (int ahead = 0; ahead < YEARS; ahead++) {
            dates.putAll(holidays.holidays(law.closedOnHolidaysOf().orElseThrow(), year + ahead));
        }
        dates.keySet()
                .removeIf(date -> date.isBefore(law.from())
                        || law.until().filter(end -> !date.isBefore(end)).isPresent());
        return Closures.of(dates);
    }
}
