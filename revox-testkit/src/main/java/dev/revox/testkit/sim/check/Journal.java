package dev.revox.testkit.sim.check;

import dev.revox.time.TimeSource;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What happened in a run: the last lines of every order, the promises that were broken, and a fingerprint of everything.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 */
public final class Journal {
    private static final int LINES_PER_ORDER = 24;
    private static final int MOST_VIOLATIONS = 50;

    private final long seed;
    private final TimeSource world;
    private final Map<String, Deque<String>> lines = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private long fingerprint = 17;

    public Journal(long seed, TimeSource world) {
        this.seed = seed;
        this.world = world;
    }

    /** Writes a line about an order, or about whatever a name stands for. */
    public void note(String order, String line) {
        Instant at = world.instant();
        fingerprint = 31 * (31 * fingerprint + at.hashCode()) + line.hashCode();
        Deque<String> known = lines.computeIfAbsent(order, unused -> new ArrayDeque<>());
        if (known.size() == LINES_PER_ORDER) {
            known.removeFirst();
        }
        known.addLast(at + " " + line);
    }

    /** A promise is broken. */
    public void broken(Promise promise, String order, String what) {
        if (violations.size() < MOST_VIOLATIONS) {
            violations.add(new Violation(
                    promise,
                    seed,
                    order,
                    world.instant(),
                    what,
                    List.copyOf(lines.getOrDefault(order, new ArrayDeque<>()))));
        }
    }

    /** The first of them; the rest is mostly what follows. */
    public List<Violation> violations() {
        return List.copyOf(violations);
    }

    /** Equal for two runs in which the same lines were written at the same instants. */
    public long fingerprint() {
        return fingerprint;
    }
}
