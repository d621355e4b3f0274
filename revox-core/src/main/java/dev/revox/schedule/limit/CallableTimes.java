package dev.revox.schedule.limit;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * The set of instants at which a person may be called: those whose local wall time, in every one of the zones, lies in a window
 * of an allowed day, in all legal hours in force, and on no closed date.
 *
 * <p>No local date-time is ever turned into an instant. Between two offset transitions of a zone, wall time and elapsed time
 * run alike, so the search walks from transition to transition and adds elapsed time inside each stretch. A window that
 * begins in a daylight-saving gap, vanishes in one, or opens twice in one night needs no case of its own.
 *
 * <p>Everything changes on whole minutes of wall time and on offset transitions, both of which are whole seconds: a part of a
 * second never changes the answer, and instants are plain seconds here.
 *
 * <p><b>Thread:</b> Confined to one planning decision. <b>Units:</b> seconds since the epoch; "local" seconds are those plus the
 * zone's offset.
 */
public final class CallableTimes {
    /** No instant before the horizon. */
    public static final long NONE = Long.MAX_VALUE;

    /** Parts of what {@link #moved} says. */
    public static final int MOVED_BY_WINDOWS = 1;

    public static final int MOVED_BY_CLOSURES = 2;
    public static final int MOVED_BY_LAW = 4;

    private static final long SECONDS_PER_DAY = 86_400;

    /** 1970-01-01 was a Thursday, and weeks begin on Monday. */
    private static final long MINUTES_FROM_MONDAY_TO_EPOCH = 3L * WeekHours.MINUTES_PER_DAY;

    private final WeekHours own;
    private final List<LegalHours> law;
    private final Closures closures;
    private final List<ZoneId> zones;
    private int moved;

    /**
     * The instants of an order.
     *
     * @param own the order's own hours
     * @param zones at least one
     */
    public CallableTimes(WeekHours own, Limits limits, List<ZoneId> zones) {
        this.own = own;
        this.law = limits.legalHours();
        this.closures = limits.closures();
        this.zones = zones;
    }

    /** What the last search was moved on by, a sum of {@code MOVED_BY_...}. */
    public int moved() {
        return moved;
    }

    /** The first callable second at or after {@code from} and before {@code horizon}, or {@link #NONE}. */
    public long firstAtOrAfter(long from, long horizon) {
        moved = 0;
        long candidate = from;
        while (candidate < horizon) {
            long latest = candidate;
            for (int zone = 0; zone < zones.size() && latest != NONE; zone++) {
                latest = firstInZone(zones.get(zone), latest, horizon);
            }
            if (latest == candidate || latest == NONE || zones.size() == 1) {
                return latest;
            }
            candidate = latest;
        }
        return NONE;
    }

    private long firstInZone(ZoneId zone, long from, long horizon) {
        ZoneRules rules = zone.getRules();
        long at = from;
        int offset = offset(rules, at);
        while (at < horizon) {
            int movedBefore = moved;
            long opens = firstOpenLocal(zone, at + offset, horizon + offset);
            if (opens == at + offset) {
                return at;
            }
            ZoneOffsetTransition shift = rules.nextTransition(Instant.ofEpochSecond(at));
            long end = shift == null ? horizon : Math.min(shift.toEpochSecond(), horizon);
            if (opens < end + offset) {
                return opens - offset;
            }
            if (moved != (movedBefore | MOVED_BY_WINDOWS)) {
                // What was met behind the stretch, as if its offset went on, has moved nothing.
                moved = movedBefore;
                long unused = firstOpenLocal(zone, at + offset, end + offset);
            }
            if (shift == null) {
                return NONE;
            }
            at = end;
            offset = shift.getOffsetAfter().getTotalSeconds();
        }
        return NONE;
    }

    /** The first open wall time at or after another one and before a bound, as if the offset never changed. */
    private long firstOpenLocal(ZoneId zone, long from, long bound) {
        long local = from;
        while (local < bound) {
            int wait = own.minutesUntilOpen(minuteOfWeek(local));
            if (wait != 0) {
                moved |= MOVED_BY_WINDOWS;
                local = afterMinutes(local, wait);
                continue;
            }
            if (closures.closed(zone, day(local))) {
                moved |= MOVED_BY_CLOSURES;
                local = nextMidnight(local);
                continue;
            }
            long lawful = lawfulFrom(local);
            if (lawful == local) {
                return local;
            }
            moved |= MOVED_BY_LAW;
            local = lawful;
        }
        return NONE;
    }

    private long lawfulFrom(long local) {
        for (int i = 0; i < law.size(); i++) {
            long allowed = lawfulFrom(law.get(i), local);
            if (allowed != local) {
                return allowed;
            }
        }
        return local;
    }

    private static long lawfulFrom(LegalHours rule, long local) {
        int wait = rule.hours().minutesUntilOpen(minuteOfWeek(local));
        if (wait == 0 || !rule.inForceOn(day(local))) {
            return local;
        }
        long end = rule.untilEpochDay();
        return end == Long.MAX_VALUE
                ? afterMinutes(local, wait)
                : Math.min(afterMinutes(local, wait), end * SECONDS_PER_DAY);
    }

    /** A zone's offset at a second. */
    public static int offset(ZoneRules rules, long second) {
        return rules.getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
    }

    /** The second of the next offset transition, {@link #NONE} without any. */
    public static long nextTransition(ZoneRules rules, long second) {
        ZoneOffsetTransition next = rules.nextTransition(Instant.ofEpochSecond(second));
        return next == null ? NONE : next.toEpochSecond();
    }

    /** The minute of the week that a wall time lies in. */
    public static int minuteOfWeek(long local) {
        long minute = Math.floorDiv(local, 60L) + MINUTES_FROM_MONDAY_TO_EPOCH;
        return (int) Math.floorMod(minute, (long) WeekHours.MINUTES_PER_WEEK);
    }

    /** The local date that a wall time lies in, as days since the epoch. */
    public static long day(long local) {
        return Math.floorDiv(local, SECONDS_PER_DAY);
    }

    /** The day of the week of a date, for dates beyond the calendar's end too. */
    public static DayOfWeek dayOfWeek(long epochDay) {
        return DayOfWeek.of((int) Math.floorMod(epochDay + 3, 7L) + 1);
    }

    /** The beginning of the next local date, as if the offset never changed. */
    public static long nextMidnight(long local) {
        return (day(local) + 1) * SECONDS_PER_DAY;
    }

    /** The beginning of the minute that is so many minutes later; {@link #NONE} when they never pass. */
    public static long afterMinutes(long local, int minutes) {
        return minutes == WeekHours.NEVER_OPENS ? NONE : (Math.floorDiv(local, 60L) + minutes) * 60;
    }
}
