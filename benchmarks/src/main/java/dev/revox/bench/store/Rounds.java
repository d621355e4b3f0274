package dev.revox.bench.store;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/** Two ways to do the same, measured by turns. */
final class Rounds {
    private final List<Double> ours = new ArrayList<>();
    private final List<Double> theirs = new ArrayList<>();

    private Rounds() {}

    /** Runs both once to warm up, then by turns, the first one first in every other round. */
    static Rounds of(int rounds, DoubleSupplier ours, DoubleSupplier theirs) {
        Rounds measured = new Rounds();
        double unused = ours.getAsDouble() + theirs.getAsDouble();
        for (int i = 0; i < rounds; i++) {
            if (i % 2 == 0) {
                measured.ours.add(ours.getAsDouble());
                measured.theirs.add(theirs.getAsDouble());
            } else {
                measured.theirs.add(theirs.getAsDouble());
                measured.ours.add(ours.getAsDouble());
            }
        }
        return measured;
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    /** One row of a table: both medians, and the median and the spread of the ratios of each round. */
    void print(PrintStream out, String what, String goal) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            ratios.add(ours.get(i) / theirs.get(i));
        }
        List<Double> sorted = ratios.stream().sorted().toList();
        out.printf(
                "| %s | %.1f | %.1f | %.2f (%.2f .. %.2f) | %s |%n",
                what, median(ours), median(theirs), median(ratios), sorted.getFirst(), sorted.getLast(), goal);
    }
}
