package dev.revox.cluster;

import dev.revox.store.node.NodeId;
import dev.revox.store.node.NodeRegistry;
import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * This engine's place among the engines of a store.
 *
 * <p>It counts three times per lease. Of every other node it remembers since when, by its own monotonic clock, the count has
 * stood still; after a whole lease it strikes that node off, and the node's attempts have lost their owner. Whenever the store
 * cannot be reached it forgets what it remembered: nobody could count then, so nobody is taken for dead until a whole lease
 * after the store is back. An engine that learns that it was struck off itself registers anew and lets go of what it held.
 *
 * <p>Its steps run on an executor of their own, because a late count costs live calls.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class NodeKeeper {
    private static final System.Logger LOG = System.getLogger("dev.revox.cluster");
    private static final int COUNTS_PER_LEASE = 3;

    private record Seen(long beat, long sinceNanos) {}

    private final NodeRegistry registry;
    private final TimeSource time;
    private final Executor executor;
    private final String name;
    private final Duration lease;
    private final Map<NodeId, Seen> others = new HashMap<>();
    private volatile @Nullable NodeId self;
    private volatile long countedNanos;
    private volatile boolean closed;
    private volatile Alarm next = () -> {};

    /**
     * A keeper that has not begun.
     *
     * @param executor runs its steps one at a time; they block on the store
     * @param lease how long an engine may be silent before it is taken for dead
     */
    public NodeKeeper(NodeRegistry registry, TimeSource time, Executor executor, String name, Duration lease) {
        this.registry = registry;
        this.time = time;
        this.executor = executor;
        this.name = name;
        this.lease = lease;
    }

    /** Registers, which blocks on the store once, and goes on counting. With a store that cannot be reached it tries again later. */
    public void start(NodeWatcher watcher) {
        step(watcher);
    }

    /** This engine as the store knows it; empty until it is registered for the first time. */
    public Optional<NodeId> self() {
        return Optional.ofNullable(self);
    }

    /** True while nobody can have taken this engine for dead: it has counted within the last lease, as its own clock tells. */
    public boolean holdsLease() {
        return self != null && time.nanoTime() - countedNanos < lease.toNanos();
    }

    /** True while nobody can have taken this very life of the engine for dead: it holds the lease, and has not registered anew since. */
    public boolean holdsLeaseAs(NodeId life) {
        return life.equals(self) && holdsLease();
    }

    private void step(NodeWatcher watcher) {
        if (closed) {
            return;
        }
        next = time.schedule(lease.dividedBy(COUNTS_PER_LEASE), () -> executor.execute(() -> step(watcher)));
        try {
            count(watcher);
            watch(watcher);
        } catch (RuntimeException unreachable) {
            others.clear();
            LOG.log(System.Logger.Level.WARNING, "the store could not be told that this engine is alive", unreachable);
        }
    }

    private void count(NodeWatcher watcher) {
        long beganNanos = time.nanoTime();
        NodeId known = self;
        if (known != null && registry.beat(known)) {
            countedNanos = beganNanos;
            return;
        }
        NodeId joined = registry.join(name);
        countedNanos = beganNanos;
        self = joined;
        if (known == null) {
            begun(joined, watcher);
        } else {
            LOG.log(System.Logger.Level.WARNING, () -> "engine " + name + " was struck off and lets go of its calls");
            watcher.struckOff(known);
        }
    }

    private void begun(NodeId joined, NodeWatcher watcher) {
        if (registry.exclusive()) {
            // Nobody else can have the store open: whoever is still registered died without a word.
            registry.beats().forEach((node, beat) -> {
                if (!node.equals(joined)) {
                    boolean unused = registry.expel(node, beat);
                }
            });
        }
        // A former life of this name, and nodes that were struck off while nobody was there to follow up.
        watcher.ownersGone();
    }

    private void watch(NodeWatcher watcher) {
        Map<NodeId, Long> beats = registry.beats();
        long now = time.nanoTime();
        others.keySet().retainAll(beats.keySet());
        boolean gone = false;
        for (Map.Entry<NodeId, Long> entry : beats.entrySet()) {
            NodeId node = entry.getKey();
            if (node.equals(self)) {
                continue;
            }
            Seen seen = others.get(node);
            if (seen == null || seen.beat() != entry.getValue()) {
                others.put(node, new Seen(entry.getValue(), now));
            } else if (now - seen.sinceNanos() >= lease.toNanos() && registry.expel(node, seen.beat())) {
                LOG.log(System.Logger.Level.WARNING, () -> "engine " + node.name() + " has been silent for " + lease);
                others.remove(node);
                gone = true;
            }
        }
        if (gone) {
            watcher.ownersGone();
        }
    }

    /** Counts no more, and leaves the register so that nobody waits for a lease to end. Blocks on the store. */
    public void close() {
        closed = true;
        next.cancel();
        NodeId known = self;
        if (known != null) {
            try {
                registry.leave(known);
            } catch (RuntimeException unreachable) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the store could not be told that this engine leaves",
                        unreachable);
            }
        }
    }
}
