package dev.revox.schedule.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The most attempts that a number may get within any period of a length.
 *
 * <p>The period slides: with {@code max} attempts in it, the next one is possible when the oldest of the last {@code max} is a
 * whole period old.
 *
 * <p><b>Thread:</b> Immutable. <b>Units:</b> elapsed time, not calendar days.
 *
 * @param name what people call the rule; shown in explanations
 * @param max at least 0; with 0 there is never an attempt
 * @param period longer than nothing
 */
public record AttemptCap(String name, int max, Duration period) {
    public AttemptCap {
        Objects.requireNonNull(name, "name");
        if (max < 0) {
            throw new IllegalArgumentException("max must be at least 0, was " + max);
        }
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("period must be longer than nothing, was " + period);
        }
    }

    /**
     * From when on the cap allows another attempt; empty when it already does, {@link Instant#MAX} when it never will.
     *
     * @param starts starts of the number's attempts so far, over all orders, oldest first
     */
    public Optional<Instant> reachedUntil(List<Instant> starts) {
        if (max == 0) {
            return Optional.of(Instant.MAX);
        }
        if (starts.size() < max) {
            return Optional.empty();
        }
        Instant oldest = starts.get(starts.size() - max);
        boolean beyondTheCalendar = period.toSeconds() >= Instant.MAX.getEpochSecond() - oldest.getEpochSecond();
        return Optional.of(beyondTheCalendar ? Instant.MAX : oldest.plus(period));
    }

    /** Starts before this no longer count at an instant. */
    public Instant lookBack(Instant at) {
        return period.toSeconds() >= at.getEpochSecond() - Instant.MIN.getEpochSecond()
                ? Instant.MIN
                : at.minus(period);
    }
}
