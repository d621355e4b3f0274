package dev.revox.dispatch.desk;

import dev.revox.call.SessionLimits;
import dev.revox.line.ListenSettings;
import dev.revox.media.recording.RecordingSettings;
import dev.revox.schedule.PlanRequest;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * How the engine goes about its orders.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param maxConcurrentCalls live calls of this engine, incoming ones included
 * @param ringTimeout how long it may ring
 * @param recordings where recordings go; without it nothing is recorded
 * @param defaultZone for numbers that tell no zone
 * @param forceNowLapse how long after becoming due {@code force_now} holds
 * @param sweepEvery how often orders without a job are looked for, and waiting orders are checked against their windows
 * @param pullEvery how often queued orders are looked for that other engines left
 * @param nodeName this engine's name among those that share its store
 * @param lease how long an engine may be silent before the others take it for dead
 * @param analysisLimit how long one analysis may take
 * @param analysisTries how often an analysis is tried
 */
public record DispatchSettings(
        int maxConcurrentCalls,
        Duration ringTimeout,
        Optional<RecordingSettings> recordings,
        Optional<ZoneId> defaultZone,
        ListenSettings listening,
        SessionLimits limits,
        Duration forceNowLapse,
        Duration sweepEvery,
        Duration pullEvery,
        String nodeName,
        Duration lease,
        Duration analysisLimit,
        int analysisTries) {
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

    /** 100 calls, 45 s of ringing, no recordings, a sweep every 30 s, a lease of 15 s, five tries of 60 s for an analysis. */
    public static final DispatchSettings DEFAULT = new DispatchSettings(
            100,
            Duration.ofSeconds(45),
            Optional.empty(),
            Optional.empty(),
            ListenSettings.DEFAULT,
            SessionLimits.DEFAULT,
            PlanRequest.DEFAULT_FORCE_NOW_LAPSE,
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            "engine",
            Duration.ofSeconds(15),
            Duration.ofSeconds(60),
            5);

    public DispatchSettings {
        if (maxConcurrentCalls < 1) {
            throw new IllegalArgumentException("maxConcurrentCalls must be at least 1, was " + maxConcurrentCalls);
        }
        if (ringTimeout.isNegative() || ringTimeout.isZero()) {
            throw new IllegalArgumentException("ringTimeout must be greater than zero, was " + ringTimeout);
        }
        if (lease.compareTo(SHORTEST_LEASE) < 0) {
            throw new IllegalArgumentException("lease must be at least " + SHORTEST_LEASE + ", was " + lease);
        }
    }
}
