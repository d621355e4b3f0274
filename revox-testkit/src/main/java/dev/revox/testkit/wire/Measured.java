package dev.revox.testkit.wire;

import dev.revox.conversation.TurnLatency;
import java.util.ArrayList;
import java.util.List;

/**
 * What one call, or several, came to.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param wireMs what was measured at the far end, for each utterance that something came of
 * @param ledger the same turns by the product's own ledger
 * @param spoken utterances of the caller
 * @param hits answers that were begun ahead and used
 * @param misses answers that were begun ahead and thrown away
 */
public record Measured(
        List<Double> wireMs, List<TurnLatency> ledger, int spoken, int hits, int misses, int modelCalls) {

    public static final Measured NOTHING = new Measured(List.of(), List.of(), 0, 0, 0, 0);

    public Measured {
        wireMs = List.copyOf(wireMs);
        ledger = List.copyOf(ledger);
    }

    public Measured and(Measured other) {
        return new Measured(
                joined(wireMs, other.wireMs),
                joined(ledger, other.ledger),
                spoken + other.spoken,
                hits + other.hits,
                misses + other.misses,
                modelCalls + other.modelCalls);
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    /** Utterances of which nothing came. */
    public int unanswered() {
        return spoken - wireMs.size();
    }

    public double percentile(double share) {
        return percentile(wireMs, share);
    }

    /** By rank; NaN when there are no values. */
    public static double percentile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
