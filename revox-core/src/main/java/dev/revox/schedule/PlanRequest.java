package dev.revox.schedule;

import dev.revox.schedule.limit.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that the next attempt's moment depends on.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param placedAt when the order was accepted
 * @param scheduledAt the host's wish; an instant before {@code placedAt} means {@code placedAt}
 * @param forceNow frees the first attempt from the policy's windows and days, never from the limits
 * @param forceNowLapse how long after becoming due {@code forceNow} holds
 * @param history this order's attempts that are over, oldest first
 * @param jitter of a back-off, 0..1; drawn by the caller so that planning stays a function
 * @param now the instant of planning
 * @param limits laws, closed days, caps and guards' answers
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
        Instant now,
        Limits limits) {
    /** How long {@code force_now} holds after the order became due. */
    public static final Duration DEFAULT_FORCE_NOW_LAPSE = Duration.ofMinutes(5);

    public PlanRequest {
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(zones, "zones");
        Objects.requireNonNull(placedAt, "placedAt");
        Objects.requireNonNull(scheduledAt, "scheduledAt");
        Objects.requireNonNull(forceNowLapse, "forceNowLapse");
        history = List.copyOf(history);
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter must be within 0..1, was " + jitter);
        }
        Objects.requireNonNull(now, "now");
        Objects.requireNonNull(limits, "limits");
    }

    /** A request without limits. */
    public PlanRequest(
            RetryPolicy policy,
            DecidingZones zones,
            Instant placedAt,
            Optional<Instant> scheduledAt,
            boolean forceNow,
            Duration forceNowLapse,
            List<PastAttempt> history,
            double jitter,
            Instant now) {
        this(policy, zones, placedAt, scheduledAt, forceNow, forceNowLapse, history, jitter, now, Limits.NONE);
    }

    /** A request for the first attempt of an order that is placed at the instant of planning. */
    public static Builder builder(RetryPolicy policy, DecidingZones zones, Instant now) {
        return new Builder(policy, zones, now);
    }

    /** The same at another instant. */
    public PlanRequest at(Instant other) {
        return new PlanRequest(
                policy, zones, placedAt, scheduledAt, forceNow, forceNowLapse, history, jitter, other, limits);
    }

    /** The same with other limits in place of these. */
    public PlanRequest withLimits(Limits others) {
        return new PlanRequest(
                policy, zones, placedAt, scheduledAt, forceNow, forceNowLapse, history, jitter, now, others);
    }

    /** Attempts that count against the maximum. */
    long countedAttempts() {
        long counted = 0;
        for (int i = 0; i < history.size(); i++) {
            counted += history.get(i).counts() ? 1 : 0;
        }
        return counted;
    }

    /** When the first attempt is due by the host's wish alone. */
    Instant firstDue() {
        return scheduledAt.isPresent() && scheduledAt.get().isAfter(placedAt) ? scheduledAt.get() : placedAt;
    }

    /** Collects a request. <b>Thread:</b> Confined to one thread. */
    public static final class Builder {
        private final RetryPolicy policy;
        private final DecidingZones zones;
        private final Instant now;
        private Instant placedAt;
        private Optional<Instant> scheduledAt = Optional.empty();
        private boolean forceNow;
        private Duration forceNowLapse = DEFAULT_FORCE_NOW_LAPSE;
        private List<PastAttempt> history = List.of();
        private double jitter;
        private Limits limits = Limits.NONE;

        private Builder(RetryPolicy policy, DecidingZones zones, Instant now) {
            this.policy = policy;
            this.zones = zones;
            this.now = now;
            this.placedAt = now;
        }

        /** When the order was accepted; the instant of planning when not given. */
        public Builder placedAt(Instant at) {
            placedAt = at;
            return this;
        }

        /** The host's wish for the first attempt. */
        public Builder scheduledAt(Instant at) {
            return scheduledAt(Optional.of(at));
        }

        /** The host's wish for the first attempt, if there is one. */
        public Builder scheduledAt(Optional<Instant> at) {
            scheduledAt = at;
            return this;
        }

        /** Frees the first attempt from the policy's windows and days, not from the limits. */
        public Builder forceNow(boolean forced) {
            forceNow = forced;
            return this;
        }

        /** How long after becoming due the freedom holds; {@link #DEFAULT_FORCE_NOW_LAPSE} when not given. */
        public Builder forceNowLapse(Duration lapse) {
            forceNowLapse = lapse;
            return this;
        }

        /** Attempts that are over, oldest first. */
        public Builder history(List<PastAttempt> attempts) {
            history = attempts;
            return this;
        }

        /** The part of a back-off that is left to chance, 0..1; 0 when not given. */
        public Builder jitter(double part) {
            jitter = part;
            return this;
        }

        /** What holds the attempt back beside the policy; nothing when not given. */
        public Builder limits(Limits all) {
            limits = all;
            return this;
        }

        /**
         * The request.
         *
         * @throws IllegalArgumentException when jitter is not within 0..1
         */
        public PlanRequest build() {
            return new PlanRequest(
                    policy, zones, placedAt, scheduledAt, forceNow, forceNowLapse, history, jitter, now, limits);
        }
    }
}
