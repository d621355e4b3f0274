package dev.revox.line;

import java.time.Duration;

/**
 * What a line can carry, over all engines that use it.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param name the same in every engine for the same trunk
 * @param maxCalls calls at a time; 0 for no limit
 * @param spacing the least time between the beginnings of two calls: the reverse of calls per second; zero for no limit
 */
public record LineLimits(String name, int maxCalls, Duration spacing) {
    public static final LineLimits NONE = new LineLimits("", 0, Duration.ZERO);

    public LineLimits {
        if (maxCalls < 0 || spacing.isNegative()) {
            throw new IllegalArgumentException("maxCalls and spacing must not be negative");
        }
    }

    /** Limits in the terms that carriers use; 0 for no limit. */
    public static LineLimits of(String name, int maxCalls, double callsPerSecond) {
        if (!(callsPerSecond >= 0)) {
            throw new IllegalArgumentException("callsPerSecond must not be negative, was " + callsPerSecond);
        }
        Duration spacing = callsPerSecond == 0 ? Duration.ZERO : Duration.ofNanos(Math.round(1e9 / callsPerSecond));
        return new LineLimits(name, maxCalls, spacing);
    }

    public boolean unlimited() {
        return maxCalls == 0 && spacing.isZero();
    }
}
