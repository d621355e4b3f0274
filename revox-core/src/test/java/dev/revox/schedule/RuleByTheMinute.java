package dev.revox.schedule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The membership rule word by word, and a scan of every minute: written from the specification with {@code java.time} alone, and
 * sharing nothing with the planner.
 *
 * @param rules all of these must be open
 * @param closed dates on which nothing is open, in every zone
 */
record RuleByTheMinute(List<ZoneId> zones, List<Hours> rules, Map<LocalDate, String> closed) {

    /** Days, and spans as minutes of the day. */
    record Hours(Set<DayOfWeek> days, List<int[]> spans) {
        static Hours of(RetryPolicy policy) {
            return new Hours(
                    EnumSet.copyOf(policy.allowedDays()),
                    policy.windows().stream()
                            .map(window -> new int[] {
                                window.start().minuteOfDay(), window.end().minuteOfDay()
                            })
                            .toList());
        }

        boolean open(LocalDateTime local) {
            int minute = local.getHour() * 60 + local.getMinute();
            boolean today = days.contains(local.getDayOfWeek());
            boolean yesterday = days.contains(local.getDayOfWeek().minus(1));
            for (int[] span : spans) {
                boolean crosses = span[1] <= span[0];
                if (today && minute >= span[0] && (crosses || minute < span[1])) {
                    return true;
                }
                if (yesterday && crosses && minute < span[1]) {
                    return true;
                }
            }
            return false;
        }
    }

    boolean callable(Instant instant) {
        return closedZone(instant).isEmpty();
    }

    private boolean open(LocalDateTime local) {
        if (!closed.isEmpty() && closed.containsKey(local.toLocalDate())) {
            return false;
        }
        for (Hours hours : rules) {
            if (!hours.open(local)) {
                return false;
            }
        }
        return true;
    }

    /** The instant itself, or the first callable second at which any zone's clock shows another minute. */
    Optional<Instant> first(Instant from, Instant before) {
        if (callable(from)) {
            return Optional.of(from);
        }
        Instant at = Instant.ofEpochSecond(from.getEpochSecond());
        Optional<ZoneId> closedZone = closedZone(from);
        while (closedZone.isPresent()) {
            // It stays closed until its own clock shows another minute.
            at = opens(at, before, closedZone.get());
            if (!at.isBefore(before)) {
                return Optional.empty();
            }
            closedZone = closedZone(at);
        }
        return Optional.of(at);
    }

    /** The first change of the minute on one zone's clock at which that zone is open; {@code before} without any. */
    private Instant opens(Instant from, Instant before, ZoneId zone) {
        long second = from.getEpochSecond();
        ZoneOffset offset = offset(zone, second);
        while (second < before.getEpochSecond()) {
            long next = second + 60 - Math.floorMod(second + offset.getTotalSeconds(), 60);
            ZoneOffset nextOffset = offset(zone, next);
            if (!nextOffset.equals(offset)) {
                // The clock is put on or back within this minute: find the second.
                next = second + 1;
                while (offset(zone, next).equals(offset)) {
                    next++;
                }
                nextOffset = offset(zone, next);
            }
            second = next;
            offset = nextOffset;
            if (open(LocalDateTime.ofEpochSecond(second, 0, offset))) {
                return Instant.ofEpochSecond(second);
            }
        }
        return before;
    }

    private Optional<ZoneId> closedZone(Instant at) {
        for (ZoneId zone : zones) {
            if (!open(LocalDateTime.ofInstant(at, zone))) {
                return Optional.of(zone);
            }
        }
        return Optional.empty();
    }

    private static ZoneOffset offset(ZoneId zone, long second) {
        return zone.getRules().getOffset(Instant.ofEpochSecond(second));
    }
}
