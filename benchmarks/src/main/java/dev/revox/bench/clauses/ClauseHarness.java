package dev.revox.bench.clauses;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The command {@code clauses}: how many tokens a voice waits for, and how often a text is cut where it must not be. */
public final class ClauseHarness {

    private ClauseHarness() {}

    /**
     * Prints the tables.
     *
     * @param peer folder in which LiveKit Agents JS is installed; left out when empty
     */
    public static void run(Optional<Path> peer, PrintStream out) throws IOException {
        table("What agents say in calls", Corpus.CALLS, peer, out);
        table("Texts that are made to be cut wrongly", Corpus.TRAPS, peer, out);
        if (peer.isEmpty()) {
            out.println(
                    "LiveKit Agents JS was not measured: REVOX_PEERS does not name a folder where it is installed.");
        }
    }

    private static void table(String what, List<Reply> replies, Optional<Path> peer, PrintStream out)
            throws IOException {
        List<Cutting> own = replies.stream().map(OwnCutter::cut).toList();
        out.printf(
                Locale.ROOT,
                "%n%s: %d in %d languages, %.1f tokens each.%n%n",
                what,
                replies.size(),
                replies.stream().map(Reply::language).distinct().count(),
                replies.stream()
                        .mapToInt(reply -> reply.tokens().size())
                        .average()
                        .orElse(0));
        out.println("| who | tokens before the first piece p50 | mean | p90 | wrong cuts | texts damaged | pieces |");
        out.println("|---|---|---|---|---|---|---|");
        row(out, "Revox", own);
        if (peer.isPresent()) {
            List<Cutting> theirs = new LiveKitCutter(peer.get()).cut(replies);
            row(out, "LiveKit", theirs);
            out.printf(Locale.ROOT, "%nRatio of tokens, reply by reply: %s%n%n", ratios(own, theirs));
            wrong(out, "LiveKit", theirs);
        }
        wrong(out, "Revox", own);
    }

    private static void row(PrintStream out, String who, List<Cutting> cuttings) {
        int[] firsts = cuttings.stream().mapToInt(Cutting::firstAfter).sorted().toArray();
        out.printf(
                Locale.ROOT,
                "| %s | **%d** | %.1f | %d | **%d** | %d | %d |%n",
                who,
                firsts[firsts.length / 2],
                Arrays.stream(firsts).average().orElse(0),
                firsts[firsts.length * 9 / 10],
                cuttings.stream().mapToInt(cutting -> cutting.wrong().size()).sum(),
                cuttings.stream().filter(cutting -> !cutting.whole()).count(),
                cuttings.stream().mapToInt(cutting -> cutting.pieces().size()).sum());
    }

    private static String ratios(List<Cutting> own, List<Cutting> theirs) {
        double[] ratios = IntStream.range(0, own.size())
                .mapToDouble(
                        i -> own.get(i).firstAfter() / (double) theirs.get(i).firstAfter())
                .sorted()
                .toArray();
        return String.format(
                Locale.ROOT,
                "median %.2f, p10 %.2f, p90 %.2f; of the means %.2f",
                ratios[ratios.length / 2],
                ratios[ratios.length / 10],
                ratios[ratios.length * 9 / 10],
                own.stream().mapToInt(Cutting::firstAfter).sum()
                        / (double) theirs.stream().mapToInt(Cutting::firstAfter).sum());
    }

    private static void wrong(PrintStream out, String who, List<Cutting> cuttings) {
        for (Cutting cutting : cuttings) {
            if (!cutting.whole()) {
                out.printf("%s damaged: %s became %s%n", who, cutting.reply().text(), cutting.pieces());
            }
            for (String piece : cutting.wrong()) {
                out.printf(
                        "%s cut wrongly behind: %s (%s)%n",
                        who, piece, cutting.reply().language());
            }
        }
    }
}
