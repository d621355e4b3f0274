package dev.revox.bench.overlap;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rows of pauses, false flushes and answers that were heard whole. */
final class OverlapTable {

    private final PrintStream out;
    private final Map<String, List<Overlap>> rows = new LinkedHashMap<>();

    OverlapTable(PrintStream out) {
        this.out = out;
    }

    void begin() {
        out.println(
                "| who | onset to silence p50 ms | p95 ms | interruptions missed | false flushes: backchannels | noise"
                        + " | false pauses | of these heard whole |");
        out.println("|---|---|---|---|---|---|---|---|");
    }

    void row(String who, List<Overlap> overlaps) {
        rows.put(who, overlaps);
        List<Overlap> wanted = of(overlaps, OverSpeech.INTERRUPTION);
        List<Overlap> unwanted = overlaps.stream()
                .filter(one -> !one.kind().equals(OverSpeech.INTERRUPTION))
                .toList();
        List<Overlap> falsePauses = unwanted.stream()
                .filter(one -> !Double.isNaN(one.pausedMs()) && !one.flushed())
                .toList();
        out.printf(
                Locale.ROOT,
                "| %s | **%.0f** | **%.0f** | %d of %d | **%d of %d** | **%d of %d** | %d | %d |%n",
                who,
                pause(wanted, 0.5),
                pause(wanted, 0.95),
                wanted.stream().filter(one -> !one.flushed()).count(),
                wanted.size(),
                flushes(overlaps, OverSpeech.BACKCHANNEL),
                of(overlaps, OverSpeech.BACKCHANNEL).size(),
                flushes(overlaps, OverSpeech.NOISE),
                of(overlaps, OverSpeech.NOISE).size(),
                falsePauses.size(),
                falsePauses.stream().filter(Overlap::whole).count());
    }

    /** Which clips went wrong for whom. */
    void details() {
        out.println();
        rows.forEach(this::details);
    }

    private void details(String who, List<Overlap> overlaps) {
        out.printf(
                Locale.ROOT,
                "%s: flushed falsely %s, interruptions missed %s, whole answers lost %s%n",
                who,
                numbers(overlaps.stream()
                        .filter(one -> one.flushed() && !one.kind().equals(OverSpeech.INTERRUPTION))
                        .toList()),
                numbers(of(overlaps, OverSpeech.INTERRUPTION).stream()
                        .filter(one -> !one.flushed())
                        .toList()),
                numbers(overlaps.stream()
                        .filter(one -> !one.flushed() && !one.whole())
                        .toList()));
    }

    static double pause(List<Overlap> overlaps, double share) {
        double[] pauses = overlaps.stream()
                .mapToDouble(Overlap::pausedMs)
                .filter(ms -> !Double.isNaN(ms))
                .sorted()
                .toArray();
        return pauses.length == 0 ? Double.NaN : pauses[(int) Math.ceil(share * (pauses.length - 1))];
    }

    private static long flushes(List<Overlap> overlaps, String kind) {
        return of(overlaps, kind).stream().filter(Overlap::flushed).count();
    }

    private static List<Overlap> of(List<Overlap> overlaps, String kind) {
        return overlaps.stream().filter(one -> one.kind().equals(kind)).toList();
    }

    private static List<Integer> numbers(List<Overlap> overlaps) {
        return overlaps.stream().map(Overlap::number).sorted().toList();
    }
}
