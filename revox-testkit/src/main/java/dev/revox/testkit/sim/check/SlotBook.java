package dev.revox.testkit.sim.check;

import dev.revox.store.StoredAttempt;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Attempts that take up a place under some name: a concurrency key, a line.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 *
 * @param <K> what names the places
 */
final class SlotBook<K> {
    private final Map<K, Map<String, Instant>> holders = new HashMap<>();

    void put(K name, StoredAttempt attempt) {
        Map<String, Instant> here = holders.computeIfAbsent(name, unused -> new HashMap<>());
        String id = attempt.attempt().id();
        if (!attempt.attempt().ended()) {
            here.put(id, Instant.MAX);
        } else if (attempt.holdsUntil().isPresent()) {
            here.put(id, attempt.holdsUntil().get());
        } else {
            here.remove(id);
        }
    }

    long held(K name, Instant now) {
        return holders.getOrDefault(name, Map.of()).values().stream()
                .filter(until -> until.isAfter(now))
                .count();
    }
}
