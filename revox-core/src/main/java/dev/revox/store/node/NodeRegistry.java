package dev.revox.store.node;

import java.util.Map;

/**
 * The engines that are at work on a store. Whoever is struck off it owns nothing any more.
 *
 * <p>A sign of life is a counter that goes up, not a time: whoever watches another engine measures on its own monotonic clock
 * how long the counter has stood still. So no wall clock that jumps, and no difference between two machines' clocks, can make
 * a living engine look dead.
 *
 * <p>Every method may block on I/O, and throws a retryable {@code RevoxException} when the store cannot be reached.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public interface NodeRegistry {
    /** Registers a new life of a name. An earlier one of the same name is struck off: whoever still lives it has lost everything. */
    NodeId join(String name);

    /** Counts up. False when the node is not registered any more: it was taken for dead, or its name has a new life. */
    boolean beat(NodeId node);

    /** Every registered node, and how often it has counted. */
    Map<NodeId, Long> beats();

    /**
     * Strikes a node off if it has not counted since.
     *
     * @return true when this very call did it
     */
    boolean expel(NodeId node, long beat);

    /** Strikes off a node that goes of its own will. Idempotent. */
    void leave(NodeId node);

    /** True when no other process can have the store open, so that every other node is dead for certain. */
    boolean exclusive();
}
