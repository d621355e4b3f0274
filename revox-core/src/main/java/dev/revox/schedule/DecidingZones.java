package dev.revox.schedule;

import dev.revox.schedule.limit.CallableTimes;
import dev.revox.schedule.limit.Limits;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The zones that decide when a person may be called: an instant must be callable in all of them.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param zones never empty; the first one names the dates and times that the agent speaks of
 * @param lowConfidence the number's zones had no callable minute in common, so the region's principal zones decide
 */
public record DecidingZones(List<ZoneId> zones, boolean lowConfidence) {
    private static final Duration COMMON_MINUTE_HORIZON = Duration.ofDays(7);

    public DecidingZones {
        zones = List.copyOf(zones);
        if (zones.isEmpty()) {
            throw new IllegalArgumentException("zones must not be empty");
        }
    }

    /** One zone that is known for certain. */
    public static DecidingZones of(ZoneId zone) {
        return new DecidingZones(List.of(zone), false);
    }

    /** The zone for dates and times in the prompt. */
    public ZoneId spokenZone() {
        return zones.getFirst();
    }

    /**
     * Chooses the zones of a new order.
     *
     * @param candidates zones that the number may be in; the policy's own zone wins over them
     * @param principal the principal zones of the number's region, asked when the candidates have no minute in common within
     *     the next seven days
     * @param fallback the engine's default zone
     * @return empty when the zone must be given by the host
     */
    public static Optional<DecidingZones> choose(
            RetryPolicy policy,
            List<ZoneId> candidates,
            List<ZoneId> principal,
            Optional<ZoneId> fallback,
            Instant now) {
        if (policy.timezone().isPresent()) {
            return policy.timezone().map(DecidingZones::of);
        }
        if (!candidates.isEmpty() && haveCommonMinute(policy, candidates, now)) {
            return Optional.of(new DecidingZones(candidates, false));
        }
        if (!candidates.isEmpty() && !principal.isEmpty() && haveCommonMinute(policy, principal, now)) {
            return Optional.of(new DecidingZones(principal, true));
        }
        return fallback.map(zone -> new DecidingZones(List.of(zone), true));
    }

    private static boolean haveCommonMinute(RetryPolicy policy, List<ZoneId> zones, Instant now) {
        long from = now.getEpochSecond();
        return new CallableTimes(policy.hours(), Limits.NONE, zones)
                        .firstAtOrAfter(from, from + COMMON_MINUTE_HORIZON.toSeconds())
                != CallableTimes.NONE;
    }
}
