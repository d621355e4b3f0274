package dev.revox.bench.rate;

import dev.revox.bench.peer.MeasuredProcess;
import dev.revox.bench.peer.ThreadTimes;
import dev.revox.bench.rate.side.OwnLine;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Calls that we place, and that sipp places, to a sipp that answers them. */
final class Placing {
    private static final int ROUNDS = 5;
    private static final int FAR_PORT = 16_040;
    private static final int SIPP_PORT = 16_041;
    private static final int OWN_PORT = 16_042;
    private static final int T1_MS = 50;
    private static final int WARM_UP_SECONDS = 5;
    private static final int LEAD_SECONDS = 4;
    private static final int SECONDS = 3;

    private final PrintStream out;
    private final Map<String, List<Double>> micros = new HashMap<>();
    private final Map<String, Double> threads = new HashMap<>();
    private long failed;

    Placing(PrintStream out) {
        this.out = out;
    }

    void run(int perSecond) throws InterruptedException {
        try (MeasuredProcess far = Way.sippAnswering(FAR_PORT);
                MeasuredProcess signalling = own("signalling", OWN_PORT);
                MeasuredProcess media = own("media", OWN_PORT + 1)) {
            RateHarness.settle();
            failed += warmUp(signalling, perSecond) + warmUp(media, perSecond);
            for (int round = 0; round < ROUNDS; round++) {
                sipp(perSecond, far);
                own("Revox line, signalling alone", signalling, perSecond);
                own("Revox line, with RTP", media, perSecond);
            }
        }
        print(perSecond);
    }

    private static long warmUp(MeasuredProcess process, int perSecond) {
        long failures = 0;
        for (int share = 4; share > 0; share /= 2) {
            failures += process.ask("place %d %d".formatted(WARM_UP_SECONDS * perSecond / share, perSecond / share));
        }
        return failures;
    }

    private static MeasuredProcess own(String kind, int port) {
        return MeasuredProcess.java(
                Way.HEAP,
                OwnLine.class,
                List.of("place", kind, Integer.toString(port), Integer.toString(FAR_PORT), Integer.toString(T1_MS)));
    }

    private void sipp(int perSecond, MeasuredProcess far) throws InterruptedException {
        int calls = perSecond * (SECONDS + 2);
        try (MeasuredProcess caller = MeasuredProcess.start(List.of(
                "sipp",
                "127.0.0.1:" + FAR_PORT,
                "-sn",
                "uac",
                "-i",
                "127.0.0.1",
                "-p",
                Integer.toString(SIPP_PORT),
                "-mp",
                "18200",
                "-r",
                Integer.toString(perSecond),
                "-m",
                Integer.toString(calls),
                "-l",
                Integer.toString(calls),
                "-nostdin"))) {
            LockSupport.parkNanos(1_000_000_000L);
            ThreadTimes before = caller.threadTimes();
            ThreadTimes farBefore = far.threadTimes();
            LockSupport.parkNanos(SECONDS * 1_000_000_000L);
            note("sipp, its own calling scenario", caller.threadTimes().since(before), perSecond * SECONDS);
            note("(the sipp that answers)", far.threadTimes().since(farBefore), perSecond * SECONDS);
            failed += caller.endsWell(10) ? 0 : 1;
        }
    }

    private void own(String name, MeasuredProcess process, int perSecond) {
        failed += process.ask("place %d %d".formatted(LEAD_SECONDS * perSecond, perSecond));
        ThreadTimes before = process.threadTimes();
        int calls = SECONDS * perSecond;
        failed += process.ask("place %d %d".formatted(calls, perSecond));
        note(name, process.threadTimes().since(before), calls);
    }

    private void note(String name, Map<String, Long> spent, int calls) {
        double sum = 0;
        for (Map.Entry<String, Long> thread : spent.entrySet()) {
            double each = thread.getValue() / 1e3 / calls;
            sum += Share.compiler(thread.getKey()) ? 0 : each;
            threads.merge(name + ": " + Share.of(Way.LINE, thread.getKey()), each / ROUNDS, Double::sum);
        }
        micros.computeIfAbsent(name, n -> new ArrayList<>()).add(sum);
    }

    private void print(int perSecond) {
        out.printf(
                "%d calls per second to sipp, hung up when answered, %d rounds of %d s by turns%n%n",
                perSecond, ROUNDS, SECONDS);
        out.println("| who calls | us of CPU per call, median (min-max) |");
        out.println("|---|---|");
        micros.forEach((name, all) -> {
            List<Double> sorted = all.stream().sorted().toList();
            out.printf(
                    Locale.ROOT,
                    "| %s | %.0f (%.0f-%.0f) |%n",
                    name,
                    sorted.get(ROUNDS / 2),
                    sorted.getFirst(),
                    sorted.getLast());
        });
        out.printf("%nfailed: %d%n", failed);
        threads.entrySet().stream()
                .filter(share -> share.getKey().startsWith("Revox") && share.getValue() > 0.5)
                .sorted(Map.Entry.comparingByKey())
                .forEach(share -> out.printf(Locale.ROOT, "%s %.1f%n", share.getKey(), share.getValue()));
    }
}
