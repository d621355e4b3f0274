package dev.revox.bench.rate;

import dev.revox.bench.peer.MeasuredProcess;
import dev.revox.bench.peer.ThreadTimes;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Processor time of one call that is set up and taken down, by turns with sipp, kamailio and bare JAIN-SIP; how many of them a second; how
 * soon it rings; how much memory one holds.
 *
 * <p>All answering programs run for the whole time, each idle while another one is called. With T1 = 50 ms what is kept for 64*T1 behind each
 * call is as old as it gets before a window begins, so its end is part of the figures.
 */
public final class RateHarness {
    private static final int ROUNDS = 5;
    private static final int FIXED_T1_MS = 50;
    private static final int HEAP_T1_MS = 100;
    private static final int WARM_UP_MS = 5_000;
    private static final int JAVA_LEAD_MS = 3_400;
    private static final int LEAD_MS = 300;
    private static final int WINDOW_MS = 2_500;
    private static final int HOLD_MS = 100;
    private static final int LIVE_CALLS = 800;

    private final PrintStream out;

    private RateHarness(PrintStream out) {
        this.out = out;
    }

    /** What was found of one way. */
    private static final class Found {
        private final List<Double> micros = new ArrayList<>();
        private final List<Double> p50 = new ArrayList<>();
        private final List<Double> p99 = new ArrayList<>();
        private final Map<String, Double> threads = new HashMap<>();
        private double allocated;
        private int failed;
        private int repeated;
    }

    /** Processor time and bytes between two moments of a window. */
    private static final class Meter implements Runnable {
        private final MeasuredProcess process;
        private final boolean java;
        private ThreadTimes before;
        private Map<String, Long> spent = Map.of();
        private long allocated;
        private boolean begun;

        Meter(MeasuredProcess process, boolean java) {
            this.process = process;
            this.java = java;
            before = process.threadTimes();
        }

        @Override
        public void run() {
            long bytes = java ? process.ask("allocated") : 0;
            ThreadTimes now = process.threadTimes();
            if (begun) {
                spent = now.since(before);
            }
            allocated = bytes - allocated;
            before = now;
            begun = true;
        }
    }

    /**
     * Measures and prints one table.
     *
     * @param what {@code answer} (processor time at a fixed rate), {@code peak} (most calls a second, time to 180 at half of it), {@code
     *     heap} (memory of live calls, and what is left behind them), or {@code place} (calls of our own to sipp)
     */
    public static void run(String what, int perSecond, PrintStream out) throws InterruptedException {
        RateHarness harness = new RateHarness(out);
        switch (what) {
            case "answer" ->
                harness.answer(
                        perSecond,
                        List.of(
                                Way.SIPP,
                                Way.KAMAILIO,
                                Way.FORWARD,
                                Way.JAIN,
                                Way.JAIN_DIALOGS,
                                Way.SIGNALLING,
                                Way.LINE));
            case "peak" ->
                new PeakSearch(out)
                        .run(List.of(Way.SIPP, Way.KAMAILIO, Way.JAIN, Way.SIGNALLING, Way.SIGNALLING_ZGC, Way.LINE));
            case "heap" -> harness.heap();
            case "place" -> new Placing(out).run(perSecond);
            default -> harness.answer(perSecond, List.of(Way.valueOf(what.toUpperCase(Locale.ROOT))));
        }
    }

    /** One way, its processes and callers, and what was found. */
    private record Station(Way way, List<MeasuredProcess> processes, Callers callers, Found found)
            implements AutoCloseable {
        static Station open(Way way) {
            return new Station(way, way.start(FIXED_T1_MS), new Callers(way.port()), new Found());
        }

        @Override
        public void close() {
            callers.close();
            processes.forEach(MeasuredProcess::close);
        }
    }

    private void answer(int perSecond, List<Way> ways) {
        List<Station> stations = new ArrayList<>();
        try {
            ways.forEach(way -> stations.add(Station.open(way)));
            settle();
            stations.stream()
                    .filter(station -> station.way().java())
                    .forEach(station -> warmUp(station.callers(), perSecond));
            for (int round = 0; round < ROUNDS; round++) {
                stations.forEach(station -> window(station, perSecond));
            }
        } finally {
            stations.forEach(Station::close);
        }
        print(perSecond, stations);
    }

    /** Slowly at first: what is not compiled yet falls behind, and then everything is repeated. */
    static void warmUp(Callers callers, int perSecond) {
        for (int share = 4; share > 0; share /= 2) {
            Callers.Figures unused = callers.run(perSecond / share, 0, WARM_UP_MS, HOLD_MS, () -> {});
        }
    }

    private static void window(Station station, int perSecond) {
        Way way = station.way();
        Found its = station.found();
        Meter meter = new Meter(station.processes().getFirst(), way.java());
        Callers.Figures figures =
                station.callers().run(perSecond, way.java() ? JAVA_LEAD_MS : LEAD_MS, WINDOW_MS, HOLD_MS, meter);
        double calls = figures.placed;
        double micros = 0;
        for (Map.Entry<String, Long> thread : meter.spent.entrySet()) {
            double each = thread.getValue() / 1e3 / calls;
            its.threads.merge(Share.of(way, thread.getKey()), each / ROUNDS, Double::sum);
            micros += Share.compiler(thread.getKey()) ? 0 : each;
        }
        its.micros.add(micros);
        its.p50.add(figures.ringing.getValueAtPercentile(50) / 1e6);
        its.p99.add(figures.ringing.getValueAtPercentile(99) / 1e6);
        its.allocated = meter.allocated / calls;
        its.failed += figures.failed + figures.placed - figures.completed - figures.failed;
        its.repeated += figures.repeated;
    }

    private void print(int perSecond, List<Station> stations) {
        out.printf(
                "%d calls per second (INVITE, 180, 200, ACK, %d ms, BYE, 200), %d rounds of %.1f s by turns%n%n",
                perSecond, HOLD_MS, ROUNDS, WINDOW_MS / 1000.0);
        out.println(
                "| way | us of CPU per call, median (min-max) | beside kamailio | INVITE to 180 p50 / p99 ms | KB allocated per call"
                        + " | failed / repeated |");
        out.println("|---|---|---|---|---|---|");
        Optional<Found> peer = stations.stream()
                .filter(station -> station.way() == Way.FORWARD)
                .map(Station::found)
                .findFirst();
        for (Station station : stations) {
            Way way = station.way();
            Found its = station.found();
            List<Double> sorted = sorted(its.micros);
            out.printf(
                    Locale.ROOT,
                    "| %s | %.0f (%.0f-%.0f) | %s | %.2f / %.2f | %s | %d / %d |%n",
                    way.text(),
                    sorted.get(ROUNDS / 2),
                    sorted.getFirst(),
                    sorted.getLast(),
                    peer.map(forwarding -> ratio(its, forwarding)).orElse("-"),
                    sorted(its.p50).get(ROUNDS / 2),
                    sorted(its.p99).get(ROUNDS / 2),
                    way.java() ? "%.0f".formatted(its.allocated / 1e3) : "-",
                    its.failed,
                    its.repeated);
        }
        for (Station station : stations) {
            if (station.way().java()) {
                out.printf("%n%s, us per call:", station.way().text());
                station.found().threads.entrySet().stream()
                        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                        .forEach(share -> out.printf(Locale.ROOT, " %s %.1f;", share.getKey(), share.getValue()));
            }
        }
        out.println();
    }

    private static List<Double> sorted(List<Double> figures) {
        return figures.stream().sorted().toList();
    }

    private static String ratio(Found its, Found peer) {
        List<Double> ratios = IntStream.range(0, ROUNDS)
                .mapToObj(i -> its.micros.get(i) / peer.micros.get(i))
                .sorted()
                .toList();
        return its == peer
                ? "-"
                : String.format(
                        Locale.ROOT, "%.2f (%.2f-%.2f)", ratios.get(ROUNDS / 2), ratios.getFirst(), ratios.getLast());
    }

    private void heap() {
        out.printf("%d calls up at once, T1 = %d ms%n%n", LIVE_CALLS, HEAP_T1_MS);
        out.println(
                "| way | KB of heap per live call | KB that are left at once | KB and transactions left after 64*T1 |");
        out.println("|---|---|---|---|");
        for (Way way : List.of(Way.JAIN, Way.JAIN_DIALOGS, Way.SIGNALLING, Way.LINE)) {
            try (MeasuredProcess process = way.start(HEAP_T1_MS).getFirst();
                    Callers callers = new Callers(way.port())) {
                settle();
                Callers.Figures unused = callers.run(200, 0, 2_000, HOLD_MS, () -> {});
                LockSupport.parkNanos((64L * HEAP_T1_MS + 3_000) * 1_000_000L);
                long before = process.ask("heap");
                int live = callers.hold(LIVE_CALLS, () -> (int) (process.ask("heap") - before));
                long behind = process.ask("heap") - before;
                LockSupport.parkNanos((64L * HEAP_T1_MS + 3_000) * 1_000_000L);
                out.printf(
                        Locale.ROOT,
                        "| %s | %.1f | %.1f | %.1f, %d |%n",
                        way.text(),
                        live / 1e3 / LIVE_CALLS,
                        behind / 1e3 / LIVE_CALLS,
                        (process.ask("heap") - before) / 1e3 / LIVE_CALLS,
                        process.ask("occupancy"));
            }
        }
    }

    static void settle() {
        // Until those that do not say that they are ready are.
        LockSupport.parkNanos(1_500_000_000L);
    }
}
