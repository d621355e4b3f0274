package dev.revox.sip.trunk;

import dev.revox.time.TimeSource;
import java.time.Duration;

/**
 * How fast calls may go out by a trunk that has said that it is too much.
 *
 * <p>There is no limit until then. Each complaint halves the rate, at most once per second, from what it was: the limit, or as many
 * calls as went out in the second before; one call alone was not too fast. Every ten quiet seconds it grows by half, and is gone once it is well above where the
 * first complaint came.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class Pace {

    private static final double SLOWEST_PER_SECOND = 0.2;
    private static final double GROWTH = 1.5;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long QUIET = Duration.ofSeconds(10).toNanos();

    private final TimeSource time;
    private double perSecond = Double.POSITIVE_INFINITY;
    private double complainedAt;
    private long changedNanos;
    private long nextNanos;
    private long secondBeganNanos;
    private int thisSecond;
    private int lastSecond;

    Pace(TimeSource time) {
        this.time = time;
        long now = time.nanoTime();
        changedNanos = now - SECOND;
        nextNanos = now;
        secondBeganNanos = now;
    }

    /** Takes leave for one call; false when it is too early. */
    synchronized boolean mayCall() {
        long now = time.nanoTime();
        grow(now);
        if (perSecond != Double.POSITIVE_INFINITY) {
            if (nextNanos - now > 0) {
                return false;
            }
            nextNanos = now + (long) (SECOND / perSecond);
        }
        count(now);
        thisSecond++;
        return true;
    }

    private void count(long now) {
        if (now - secondBeganNanos >= SECOND) {
            lastSecond = now - secondBeganNanos < 2 * SECOND ? thisSecond : 0;
            thisSecond = 0;
            secondBeganNanos = now;
        }
    }

    private void grow(long now) {
        while (perSecond != Double.POSITIVE_INFINITY && now - changedNanos >= QUIET) {
            perSecond *= GROWTH;
            changedNanos += QUIET;
            if (perSecond > 2 * complainedAt) {
                perSecond = Double.POSITIVE_INFINITY;
            }
        }
    }

    /** The trunk said that calls come too fast. */
    synchronized void complained() {
        long now = time.nanoTime();
        grow(now);
        if (now - changedNanos < SECOND) {
            return;
        }
        count(now);
        if (perSecond == Double.POSITIVE_INFINITY) {
            complainedAt = Math.max(thisSecond, lastSecond);
            if (complainedAt < 2) {
                return;
            }
            perSecond = complainedAt;
        }
        perSecond = Math.max(SLOWEST_PER_SECOND, perSecond / 2);
        changedNanos = now;
        nextNanos = now + (long) (SECOND / perSecond);
    }

    /** Calls per second that are allowed now; infinite when there is no limit. */
    synchronized double perSecond() {
        grow(time.nanoTime());
        return perSecond;
    }
}
