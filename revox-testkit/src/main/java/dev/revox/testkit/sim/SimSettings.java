package dev.revox.testkit.sim;

import dev.revox.line.LineLimits;
import dev.revox.store.EngineStore;
import dev.revox.testkit.sim.node.StoreDoor;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * How a world is made.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param stores opens a node's own way to the store that all share
 * @param days how long orders are placed and things go wrong
 * @param invitesPerDial more than one plants a defect
 */
record SimSettings(
        long seed,
        int nodes,
        int orders,
        Instant start,
        Duration days,
        Function<StoreDoor, EngineStore> stores,
        SimFaults faults,
        LineLimits line,
        int callsPerNode,
        Duration lease,
        Duration ringTimeout,
        int invitesPerDial) {}
