package dev.revox.store.memory;

import dev.revox.store.node.NodeId;
import dev.revox.store.node.NodeRegistry;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The engines of this process that share the tables. <b>Thread:</b> Thread-safe. */
final class MemoryNodes implements NodeRegistry {
    private final Map<NodeId, Long> beats = new LinkedHashMap<>();
    private final Map<String, Long> incarnations = new HashMap<>();

    @Override
    public synchronized NodeId join(String name) {
        beats.keySet().removeIf(node -> node.name().equals(name));
        NodeId node = new NodeId(name, incarnations.merge(name, 1L, Long::sum));
        beats.put(node, 0L);
        return node;
    }

    @Override
    public synchronized boolean beat(NodeId node) {
        return beats.computeIfPresent(node, (unused, count) -> count + 1) != null;
    }

    @Override
    public synchronized Map<NodeId, Long> beats() {
        // In the order of joining, so that a simulation repeats.
        return Collections.unmodifiableMap(new LinkedHashMap<>(beats));
    }

    @Override
    public synchronized boolean expel(NodeId node, long beat) {
        return beats.remove(node, beat);
    }

    @Override
    public synchronized void leave(NodeId node) {
        beats.remove(node);
    }

    @Override
    public boolean exclusive() {
        return false;
    }

    synchronized boolean contains(NodeId node) {
        return beats.containsKey(node);
    }
}
