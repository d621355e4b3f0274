package dev.revox.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;

/**
 * The set of instants at which a person may be called: those whose local wall time lies in a window of an allowed day, in
 * every one of the zones.
 *
 * <p>No local date-time is ever turned into an instant. Between two offset transitions of a zone, wall time and elapsed time
 * run alike, so the search walks from transition to transition and adds elapsed time inside each stretch. A window that
 * begins in a daylight-saving gap, vanishes in one, or opens twice in one night needs no case of its own.
 *
 * <p><b>Thread:</b> Immutable.
 */
final class CallableTimes {
    private static final int MINUTES_PER_DAY = 1440;
    private static final int DAYS_PER_WEEK = 7;

    private final RetryPolicy policy;
    private final List<ZoneId> zones;

    CallableTimes(RetryPolicy policy, List<ZoneId> zones) {
        if (zones.isEmpty()) {
            throw new IllegalArgumentException("zones must not be empty");
        }
        this.policy = policy;
        this.zones = zones.stream().distinct().toList();
    }

    /** The membership rule itself. */
    boolean contains(Instant instant) {
        return zones.stream()
                .allMatch(zone ->
                        open(LocalDateTime.ofInstant(instant, zone.getRules().getOffset(instant))));
    }

    /** The first callable instant at or after {@code from} and before {@code horizon}. */
    Optional<Instant> firstAtOrAfter(Instant from, Instant horizon) {
        Instant candidate = from;
        while (candidate.isBefore(horizon)) {
            Instant latest = candidate;
            for (ZoneId zone : zones) {
                Optional<Instant> opens = firstInZone(zone.getRules(), candidate, horizon);
                if (opens.isEmpty()) {
                    return Optional.empty();
                }
                if (opens.get().isAfter(latest)) {
                    latest = opens.get();
                }
            }
            if (latest.equals(candidate)) {
                return Optional.of(candidate);
            }
            candidate = latest;
        }
        return Optional.empty();
    }

    /** The delay of the first listed window, in any of the zones, that an instant's wall time lies in; the longest counts. */
    Duration retryDelayAfterStartAt(Instant start) {
        return zones.stream()
                .map(zone -> LocalDateTime.ofInstant(start, zone.getRules().getOffset(start)))
                .flatMap(local ->
                        policy.windows().stream().filter(window -> holdsOnAnyDay(window, local)).findFirst().stream())
                .map(CallingWindow::retryDelay)
                .max(Duration::compareTo)
                .orElse(policy.windows().getFirst().retryDelay());
    }

    private Optional<Instant> firstInZone(ZoneRules rules, Instant from, Instant horizon) {
        Instant stretchStart = from;
        while (stretchStart.isBefore(horizon)) {
            ZoneOffset offset = rules.getOffset(stretchStart);
            LocalDateTime local = LocalDateTime.ofInstant(stretchStart, offset);
            Instant opens = stretchStart.plus(Duration.between(local, firstOpenLocal(local)));
            ZoneOffsetTransition transition = rules.nextTransition(stretchStart);
            if (transition == null || opens.isBefore(transition.getInstant())) {
                return opens.isBefore(horizon) ? Optional.of(opens) : Optional.empty();
            }
            stretchStart = transition.getInstant();
        }
        return Optional.empty();
    }

    /** The first open wall time at or after another one, as if the offset never changed. */
    private LocalDateTime firstOpenLocal(LocalDateTime from) {
        if (open(from)) {
            return from;
        }
        LocalDate day = from.toLocalDate();
        for (int ahead = 0; ahead <= DAYS_PER_WEEK; ahead++, day = day.plusDays(1)) {
            if (!policy.allowedDays().contains(day.getDayOfWeek())) {
                continue;
            }
            LocalDateTime midnight = day.atStartOfDay();
            Optional<LocalDateTime> opens = policy.windows().stream()
                    .map(window -> midnight.plusMinutes(window.start().minuteOfDay()))
                    .filter(start -> !start.isBefore(from))
                    .min(LocalDateTime::compareTo);
            if (opens.isPresent()) {
                return opens.get();
            }
        }
        throw new IllegalStateException("a policy with an allowed day and a window opens within eight days");
    }

    private boolean open(LocalDateTime local) {
        LocalDate today = local.toLocalDate();
        long sinceMidnight = ChronoUnit.MINUTES.between(today.atStartOfDay(), local);
        boolean todayAllowed = policy.allowedDays().contains(today.getDayOfWeek());
        boolean yesterdayAllowed =
                policy.allowedDays().contains(today.minusDays(1).getDayOfWeek());
        for (CallingWindow window : policy.windows()) {
            if ((todayAllowed && holds(window, sinceMidnight))
                    || (yesterdayAllowed && holds(window, sinceMidnight + MINUTES_PER_DAY))) {
                return true;
            }
        }
        return false;
    }

    private static boolean holdsOnAnyDay(CallingWindow window, LocalDateTime local) {
        long sinceMidnight = ChronoUnit.MINUTES.between(local.toLocalDate().atStartOfDay(), local);
        return holds(window, sinceMidnight) || holds(window, sinceMidnight + MINUTES_PER_DAY);
    }

    /** Whole minutes suffice: windows begin and end on minutes, so a part of a minute never changes the answer. */
    private static boolean holds(CallingWindow window, long minutesSinceStartOfItsDay) {
        int start = window.start().minuteOfDay();
        int end = window.end().minuteOfDay();
        int endOnItsDay = end > start ? end : end + MINUTES_PER_DAY;
        return minutesSinceStartOfItsDay >= start && minutesSinceStartOfItsDay < endOnItsDay;
    }
}
