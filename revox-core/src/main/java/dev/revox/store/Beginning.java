package dev.revox.store;

import dev.revox.order.TenantKey;
import dev.revox.store.node.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Under what conditions an attempt may begin: the store judges them in the very transaction that writes the attempt's row, so
 * they hold over all engines.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param node who begins it; must be registered
 * @param slot the slot of its concurrency key that it takes
 * @param budget what its line can carry
 * @param now the instant at which the conditions are judged
 */
public record Beginning(NodeId node, Optional<Slot> slot, Optional<LineBudget> budget, Instant now) {
    /**
     * A place under a concurrency key. It is given when fewer attempts of the key are live than {@code max}, and when no other
     * queued order of the key became due earlier.
     */
    public record Slot(TenantKey key, long max) {}

    /**
     * What a line can carry over all engines.
     *
     * @param line its name
     * @param maxCalls live attempts at a time; 0 for no limit
     * @param spacing the least time between two beginnings; zero for no limit
     */
    public record LineBudget(String line, int maxCalls, Duration spacing) {}

    public static Beginning of(NodeId node, Instant now) {
        return new Beginning(node, Optional.empty(), Optional.empty(), now);
    }
}
