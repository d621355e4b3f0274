package dev.revox.testkit.sim;

import dev.revox.line.LineLimits;
import dev.revox.store.EngineStore;
import dev.revox.store.memory.MemoryStore;
import dev.revox.testkit.sim.node.StoreDoor;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a world is made of; everything but the seed has a default.
 *
 * <p><b>Thread:</b> Confined to one thread.
 */
public final class SimWorldBuilder {
    private final long seed;
    private int nodes = 1;
    private int orders = 100;
    private Instant start = Instant.parse("2026-03-26T06:00:00Z");
    private Duration days = Duration.ofDays(5);
    private @Nullable Function<StoreDoor, EngineStore> stores;
    private SimFaults faults = SimFaults.NONE;
    private LineLimits line = LineLimits.of("trunk", 30, 2);
    private int callsPerNode = 20;
    private Duration lease = Duration.ofSeconds(15);
    private Duration ringTimeout = Duration.ofSeconds(45);
    private int invitesPerDial = 1;

    SimWorldBuilder(long seed) {
        this.seed = seed;
    }

    /** Engines on one store; one when left out. */
    public SimWorldBuilder nodes(int count) {
        nodes = count;
        return this;
    }

    /** Orders that a host places; 100 when left out. */
    public SimWorldBuilder orders(int count) {
        orders = count;
        return this;
    }

    /** When the world begins; before a weekend on which Europe's clocks go forward when left out. */
    public SimWorldBuilder start(Instant instant) {
        start = instant;
        return this;
    }

    /** How long orders are placed and things go wrong; five days when left out. Some calm hours follow. */
    public SimWorldBuilder lasting(Duration time) {
        days = time;
        return this;
    }

    /**
     * Opens a node's own way to the store that all nodes share, each time that a node starts; one store in memory when left
     * out. What it gives is closed when the node dies or ends.
     */
    public SimWorldBuilder stores(Function<StoreDoor, EngineStore> opener) {
        stores = opener;
        return this;
    }

    /** How often things go wrong; never when left out. */
    public SimWorldBuilder faults(SimFaults rates) {
        faults = rates;
        return this;
    }

    /** What the line of all nodes carries; 30 calls, two beginnings a second, when left out. */
    public SimWorldBuilder line(LineLimits limits) {
        line = limits;
        return this;
    }

    /** Calls that a node may hold; 20 when left out. */
    public SimWorldBuilder callsPerNode(int calls) {
        callsPerNode = calls;
        return this;
    }

    /** How long a node may be silent before it is taken for dead; 15 s when left out. */
    public SimWorldBuilder lease(Duration longestSilence) {
        lease = longestSilence;
        return this;
    }

    /** Plants a defect, to see that it is found: each call sends so many INVITEs. */
    public SimWorldBuilder invitesPerDial(int invites) {
        invitesPerDial = invites;
        return this;
    }

    public SimWorld build() {
        if (nodes < 1 || orders < 1 || days.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalStateException("nodes, orders, lasting: at least one node, one order and one hour");
        }
        MemoryStore shared = new MemoryStore();
        Function<StoreDoor, EngineStore> opener = stores;
        return new SimWorld(new SimSettings(
                seed,
                nodes,
                orders,
                start,
                days,
                opener == null ? door -> shared.another() : opener,
                faults,
                line,
                callsPerNode,
                lease,
                ringTimeout,
                invitesPerDial));
    }
}
