package dev.revox.bench.turns;

import dev.revox.bench.clip.CallerTurn;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Rows of gaps against cuts, and the same by kind of turn. */
final class TurnTable {

    private final PrintStream out;
    private final Map<String, List<Outcome>> runs = new LinkedHashMap<>();

    TurnTable(PrintStream out) {
        this.out = out;
    }

    void begin() {
        out.println("| who | gap p50 ms | p90 ms | false cuts | not answered | model calls per turn |");
        out.println("|---|---|---|---|---|---|");
    }

    void row(String who, List<Outcome> outcomes) {
        runs.put(who, outcomes);
        long cuts = cuts(outcomes);
        long silent = outcomes.stream().filter(one -> Double.isNaN(one.gapMs())).count();
        double calls = outcomes.stream().mapToInt(Outcome::modelCalls).average().orElse(Double.NaN);
        out.printf(
                Locale.ROOT,
                "| %s | **%.0f** | %.0f | **%d of %d** | %d | %.2f |%n",
                who,
                gap(outcomes, 0.5),
                gap(outcomes, 0.9),
                cuts,
                outcomes.size(),
                silent,
                calls);
    }

    void byKind() {
        out.println();
        out.println("By kind of turn, gap p50 in ms and false cuts:");
        out.println();
        out.println("| kind | " + String.join(" | ", runs.keySet()) + " |");
        out.println("|---" + "|---".repeat(runs.size()) + "|");
        for (String kind :
                CallerTurn.ALL.stream().map(CallerTurn::kind).distinct().toList()) {
            StringBuilder row = new StringBuilder("| " + kind);
            for (List<Outcome> outcomes : runs.values()) {
                List<Outcome> some =
                        outcomes.stream().filter(one -> one.kind().equals(kind)).toList();
                long cuts = some.stream().filter(Outcome::cut).count();
                row.append(String.format(Locale.ROOT, " | %.0f, %d of %d", gap(some, 0.5), cuts, some.size()));
            }
            out.println(row.append(" |"));
        }
        out.println();
        runs.forEach((who, outcomes) -> out.printf(
                "%s: clips cut %s, not answered %s%n",
                who, numbers(outcomes, Outcome::cut), numbers(outcomes, one -> Double.isNaN(one.gapMs()))));
    }

    private static List<Integer> numbers(List<Outcome> outcomes, Predicate<Outcome> those) {
        return outcomes.stream().filter(those).map(Outcome::number).sorted().toList();
    }

    static long cuts(List<Outcome> outcomes) {
        return outcomes.stream().filter(Outcome::cut).count();
    }

    /** Of the turns that were let end and then answered. */
    static double gap(List<Outcome> outcomes, double share) {
        double[] gaps = outcomes.stream()
                .filter(one -> !one.cut() && !Double.isNaN(one.gapMs()))
                .mapToDouble(Outcome::gapMs)
                .sorted()
                .toArray();
        return gaps.length == 0 ? Double.NaN : gaps[(int) (share * (gaps.length - 1))];
    }
}
