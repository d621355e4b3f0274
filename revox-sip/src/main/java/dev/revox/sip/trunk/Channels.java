package dev.revox.sip.trunk;

import dev.revox.sip.trunk.TrunkPlan.Capacity;
import dev.revox.time.TimeSource;
import java.time.Duration;

/**
 * How many calls a trunk carries at a time and how many may begin per second, on this line alone: the engine counts for all lines, but only
 * by the trunk that calls usually go out by.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class Channels {

    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    private final Capacity capacity;
    private final TimeSource time;
    private int taken;
    private double begun;
    private long countedNanos;

    Channels(Capacity capacity, TimeSource time) {
        this.capacity = capacity;
        this.time = time;
        countedNanos = time.nanoTime();
    }

    /** Takes one for a call; false when all are taken, or calls begin too fast. To be given back once. */
    synchronized boolean take() {
        long now = time.nanoTime();
        double perSecond = capacity.callsPerSecond();
        // What has begun is forgotten as fast as calls may begin: a second's worth may begin at once.
        begun = Math.max(0, begun - (now - countedNanos) / SECOND * perSecond);
        countedNanos = now;
        boolean full = capacity.maxCalls() > 0 && taken >= capacity.maxCalls();
        boolean early = perSecond > 0 && begun > 0 && begun + 1 > perSecond;
        if (full || early) {
            return false;
        }
        taken++;
        begun++;
        return true;
    }

    synchronized void giveBack() {
        taken--;
    }
}
