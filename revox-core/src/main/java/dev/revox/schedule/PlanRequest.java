package dev.revox.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that the next attempt's moment depends on.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param placedAt when the order was accepted
 * @param forceNow frees the first attempt from windows and days
 * @param forceNowLapse how long after becoming due {@code forceNow} holds
 * @param history attempts that are over, oldest first
 * @param jitter of a back-off, 0..1; drawn by the caller so that planning stays a function
 * @param now the instant of planning
 */
public record PlanRequest(
        RetryPolicy policy,
        DecidingZones zones,
        Instant placedAt,
        Optional<Instant> scheduledAt,
        boolean forceNow,
        Duration forceNowLapse,
        List<PastAttempt> history,
        double jitter,
        Instant now) {
    /** How long {@code force_now} holds after the order became due. */
    public static final Duration DEFAULT_FORCE_NOW_LAPSE = Duration.ofMinutes(5);

    public PlanRequest {
        history = List.copyOf(history);
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter must be within 0..1, was " + jitter);
        }
    }
}
