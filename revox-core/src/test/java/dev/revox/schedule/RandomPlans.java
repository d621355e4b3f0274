package dev.revox.schedule;

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
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Seeded random policies, zones, instants, limits and histories. Prints its seed. */
final class RandomPlans {
    /** At least 10 000, unless {@code -Drevox.cases} says otherwise. */
    static final int CASES = Integer.getInteger("revox.cases", 10_000);

    private static final List<ZoneId> ALL_ZONES =
            ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of).toList();

    /** Zones with odd shifts, tried more often than by chance. */
    private static final List<ZoneId> ODD_ZONES = List.of(
                    "Australia/Lord_Howe",
                    "Antarctica/Troll",
                    "Pacific/Apia",
                    "Pacific/Kiritimati",
                    "Asia/Beirut",
                    "Africa/Cairo",
                    "America/Santiago",
                    "America/Havana",
                    "Africa/Casablanca",
                    "Asia/Kathmandu",
                    "America/St_Johns",
                    "America/New_York",
                    "Europe/Paris")
            .stream()
            .map(ZoneId::of)
            .toList();

    private static final long[] ODD_INSTANTS = {
        Instant.parse("2011-12-30T10:00:00Z").getEpochSecond(),
        Instant.parse("2026-03-08T07:00:00Z").getEpochSecond(),
        Instant.parse("1994-12-31T10:00:00Z").getEpochSecond(),
    };

    final Random random;

    RandomPlans(String what) {
        long seed = Long.getLong("revox.seed", new Random().nextLong());
        System.out.println(what + ": " + CASES + " cases, -Drevox.seed=" + seed);
        random = new Random(seed);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    ZoneId zone() {
        return any(chance(60) ? ALL_ZONES : ODD_ZONES);
    }

    /** One zone, or some whose days overlap. */
    List<ZoneId> zones() {
        List<ZoneId> zones = new ArrayList<>(List.of(zone()));
        int offset = offset(zones.getFirst());
        for (int tries = random.nextInt(6) - 3; tries > 0; tries--) {
            ZoneId other = zone();
            if (Math.abs(offset(other) - offset) <= 5 * 3600) {
                zones.add(other);
            }
        }
        return zones;
    }

    private static int offset(ZoneId zone) {
        return zone.getRules().getOffset(Instant.EPOCH).getTotalSeconds();
    }

    /** An instant of these decades or long ago, often close to a shift of the zone's clock. */
    Instant instant(ZoneId zone) {
        long second =
                chance(20) ? random.nextLong(-2_500_000_000L, 0) : random.nextLong(1_300_000_000L, 2_200_000_000L);
        if (chance(10)) {
            second = ODD_INSTANTS[random.nextInt(ODD_INSTANTS.length)] + random.nextInt(-100_000, 100_000);
        }
        ZoneOffsetTransition shift = zone.getRules().nextTransition(Instant.ofEpochSecond(second));
        if (shift != null && chance(60)) {
            second = shift.toEpochSecond() + random.nextInt(-90_000, 8_000);
        }
        if (chance(30)) {
            second -= Math.floorMod(second, 60L);
        }
        return Instant.ofEpochSecond(second, chance(30) ? random.nextInt(1_000_000_000) : 0);
    }

    Set<DayOfWeek> days() {
        Set<DayOfWeek> days = EnumSet.of(DayOfWeek.of(1 + random.nextInt(7)));
        int chance = chance(12) ? 15 : 90;
        for (DayOfWeek day : DayOfWeek.values()) {
            if (chance(chance)) {
                days.add(day);
            }
        }
        return days;
    }

    RetryPolicy policy() {
        List<CallingWindow> windows = new ArrayList<>();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            int start = minute();
            int end = chance(8) ? start : chance(5) ? 1440 : chance(40) ? Math.min(1440, start + 20) : minute();
            windows.add(new CallingWindow(
                    new WallTime(start), new WallTime(end), Duration.ofSeconds(random.nextInt(200_000))));
        }
        return new RetryPolicy(days(), chance(30), windows, 1 + random.nextInt(4), Optional.empty());
    }

    private int minute() {
        // The small hours more often: there clocks are put on and back.
        return random.nextInt(chance(50) ? 300 : 1440);
    }

    List<RuleByTheMinute.Hours> laws() {
        List<RuleByTheMinute.Hours> laws = new ArrayList<>();
        for (int count = Math.max(0, random.nextInt(5) - 2); count > 0; count--) {
            Set<DayOfWeek> days = EnumSet.range(DayOfWeek.MONDAY, any(List.of(DayOfWeek.FRIDAY, DayOfWeek.SUNDAY)));
            List<int[]> spans = new ArrayList<>(
                    List.of(new int[] {random.nextInt(chance(70) ? 120 : 600), 700 + random.nextInt(740)}));
            if (chance(30)) {
                spans.add(new int[] {random.nextInt(1440), random.nextInt(1440)});
            }
            laws.add(new RuleByTheMinute.Hours(days, spans));
        }
        return laws;
    }

    static LegalHours legal(RuleByTheMinute.Hours law) {
        WeekHours.Builder week = WeekHours.builder();
        law.days().forEach(day -> law.spans().forEach(span -> week.open(day, span[0], span[1])));
        return LegalHours.of("a law", week.build());
    }

    Map<LocalDate, String> closedDates(Instant around) {
        Map<LocalDate, String> closed = new TreeMap<>();
        LocalDate date = LocalDate.ofInstant(around, ZoneOffset.UTC);
        for (int count = Math.max(0, random.nextInt(6) - 2); count > 0; count--) {
            closed.put(date.plusDays(random.nextInt(8) - 1), "a holiday");
        }
        return closed;
    }

    List<PastAttempt> history(Instant from) {
        List<PastAttempt> history = new ArrayList<>();
        Instant at = from;
        for (int count = chance(50) ? 0 : random.nextInt(4); count > 0; count--) {
            Instant ended = at.plusSeconds(random.nextInt(600));
            PastAttempt.Kind kind = any(List.of(PastAttempt.Kind.values()));
            Optional<Instant> certain = kind == PastAttempt.Kind.ENGINE_LOST
                    ? Optional.of(ended.plusSeconds(random.nextInt(9_000)))
                    : Optional.empty();
            history.add(new PastAttempt(at, ended, kind, certain));
            at = ended.plusSeconds(random.nextInt(20_000));
        }
        return history;
    }

    /** Caps and guards around an instant. */
    Limits holds(Instant around) {
        Limits limits = Limits.NONE;
        if (chance(40)) {
            List<Instant> starts = new ArrayList<>();
            for (int count = random.nextInt(6); count > 0; count--) {
                starts.add(around.minusSeconds(random.nextInt(200_000)));
            }
            limits = limits.withCaps(
                    starts,
                    new AttemptCap("a cap", 1 + random.nextInt(4), Duration.ofSeconds(1 + random.nextInt(300_000))));
        }
        if (chance(30)) {
            limits = limits.withGuards(
                    GuardAnswer.YES,
                    GuardAnswer.notBefore(around.plusSeconds(random.nextInt(-9_000, 90_000)), "a guard"));
        }
        return limits;
    }

    static Limits with(Limits holds, List<RuleByTheMinute.Hours> laws, Map<LocalDate, String> closed) {
        return holds.withLegalHours(laws.stream().map(RandomPlans::legal).toArray(LegalHours[]::new))
                .withClosures(Closures.of(closed));
    }
}
