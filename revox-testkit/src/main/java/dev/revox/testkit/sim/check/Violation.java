package dev.revox.testkit.sim.check;

import java.time.Instant;
import java.util.List;

/**
 * A promise that a run has broken.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param seed repeats the run
 * @param order the order's id, or the name of what it is about
 * @param at true time of the world
 * @param lastLines what happened to that order before, oldest first
 */
public record Violation(Promise promise, long seed, String order, Instant at, String what, List<String> lastLines) {
    public Violation {
        lastLines = List.copyOf(lastLines);
    }

    @Override
    public String toString() {
        return promise + " seed=" + seed + " order=" + order + " at=" + at + ": " + what + "\n    "
                + String.join("\n    ", lastLines);
    }
}
