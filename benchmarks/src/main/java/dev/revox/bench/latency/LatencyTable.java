package dev.revox.bench.latency;

import dev.revox.audio.vad.VoiceActivityModel;
import dev.revox.conversation.TurnLatency;
import dev.revox.conversation.TurnLatency.Milestone;
import dev.revox.testkit.wire.Measured;
import dev.revox.testkit.wire.ProviderPace;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Writes what was measured beside what is wanted. */
final class LatencyTable {

    private static final double P50_MARGIN_MS = 40;
    private static final double P95_MARGIN_MS = 60;
    private static final double INTERRUPTION_BOUND_MS = 200;

    private final PrintStream out;
    private final ProviderPace pace;
    private final Map<String, List<TurnLatency>> ledgers = new LinkedHashMap<>();

    LatencyTable(PrintStream out, ProviderPace pace) {
        this.out = out;
        this.pace = pace;
    }

    void introduce(int sentences, int calls, long seed, VoiceActivityModel activity) {
        out.printf(
                Locale.ROOT,
                "%d sentences of espeak-ng, %d calls at once, seed %d. %s%n"
                        + "Recogniser %d ms, model %d ms, voice %d ms. From packet to packet at the far end.%n%n",
                sentences,
                calls,
                seed,
                activity.reason(),
                pace.words().toMillis(),
                pace.firstToken().toMillis(),
                pace.firstSound().toMillis());
        out.println(
                "| what | n | p50 ms | goal | p95 ms | goal | max ms | no answer | begun ahead: used / thrown away | model calls |");
        out.println("|---|---|---|---|---|---|---|---|---|---|");
    }

    void answers(String what, Duration endpointing, boolean ahead, Measured measured) {
        double delay = endpointing.toMillis();
        double words = pace.words().toMillis();
        double rest = pace.allMs() - words;
        double base = ahead ? Math.max(delay, words + rest) : Math.max(delay, words) + rest;
        row("answer " + what, measured, base + P50_MARGIN_MS, ahead ? Double.NaN : base + P95_MARGIN_MS);
        ledgers.put(what, measured.ledger());
    }

    /** What the first calls of a fresh JVM pay until it has compiled what they use. */
    void warmUp(String what, Measured measured) {
        row("answer " + what, measured, Double.NaN, Double.NaN);
    }

    void interruptions(Measured measured) {
        row("silence after a barge-in", measured, Double.NaN, INTERRUPTION_BOUND_MS);
    }

    private void row(String what, Measured measured, double p50Goal, double p95Goal) {
        out.printf(
                Locale.ROOT,
                "| %s | %d | %s | %s | %s | %s | %.0f | %d | %d / %d | %d |%n",
                what,
                measured.wireMs().size(),
                against(measured.percentile(0.5), p50Goal),
                goal(p50Goal),
                against(measured.percentile(0.95), p95Goal),
                goal(p95Goal),
                measured.percentile(1),
                measured.unanswered(),
                measured.hits(),
                measured.misses(),
                measured.modelCalls());
    }

    private static String against(double value, double goal) {
        return value > goal
                ? String.format(Locale.ROOT, "%.0f (missed by %.0f)", value, value - goal)
                : String.format(Locale.ROOT, "**%.0f**", value);
    }

    private static String goal(double ms) {
        return Double.isNaN(ms) ? "-" : String.format(Locale.ROOT, "<= %.0f", ms);
    }

    /** Where the time went, by the product's own ledger. */
    void stages() {
        out.printf("%nBy the latency ledger, p50 / p95 of each stage in ms:%n%n");
        out.println("| stage | " + String.join(" | ", ledgers.keySet()) + " |");
        out.println("|---" + "|---".repeat(ledgers.size()) + "|");
        for (Milestone milestone : Milestone.values()) {
            StringBuilder row = new StringBuilder("| " + milestone);
            boolean any = false;
            for (List<TurnLatency> turns : ledgers.values()) {
                List<Double> ms = turns.stream()
                        .map(turn -> turn.stages().get(milestone))
                        .filter(Objects::nonNull)
                        .map(stage -> stage.toNanos() / 1e6)
                        .toList();
                any |= !ms.isEmpty();
                row.append(String.format(
                        Locale.ROOT, " | %.1f / %.1f", Measured.percentile(ms, 0.5), Measured.percentile(ms, 0.95)));
            }
            if (any) {
                out.println(row.append(" |"));
            }
        }
        StringBuilder total = new StringBuilder("| all");
        for (List<TurnLatency> turns : ledgers.values()) {
            List<Double> ms =
                    turns.stream().map(turn -> turn.total().toNanos() / 1e6).toList();
            total.append(String.format(
                    Locale.ROOT, " | %.1f / %.1f", Measured.percentile(ms, 0.5), Measured.percentile(ms, 0.95)));
        }
        out.println(total.append(" |"));
    }
}
