package dev.revox.bench.rate;

import dev.revox.bench.peer.MeasuredProcess;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * The most calls a second that all succeed without anything being repeated, and how soon they ring at half of it. Callers and the
 * program share the machine.
 */
final class PeakSearch {
    private static final int T1_MS = 500;
    private static final int HOLD_MS = 100;
    private static final int FIRST = 250;
    private static final double STEP = 1.25;
    private static final int STEP_MS = 2_500;
    private static final int MOST = 16_000;
    private static final int HALF_MS = 8_000;
    private static final int LEAD_MS = 500;
    /** Calls that nobody acknowledges or takes leave of end after 64*T1. */
    private static final long REST_NANOS = (64L * T1_MS + 5_000) * 1_000_000L;

    private static final double NEARLY = 0.97;

    private final PrintStream out;

    PeakSearch(PrintStream out) {
        this.out = out;
    }

    void run(List<Way> ways) {
        out.printf("calls per second, each step %d ms, T1 = %d ms%n%n", STEP_MS, T1_MS);
        out.println(
                "| way | most without failure or repetition | what the next step showed | INVITE to 180 at half of it, p50 / p99 ms |"
                        + " failed / repeated |");
        out.println("|---|---|---|---|---|");
        for (Way way : ways) {
            List<MeasuredProcess> processes = way.start(T1_MS);
            try (Callers callers = new Callers(way.port())) {
                RateHarness.settle();
                search(way, callers);
            } finally {
                processes.forEach(MeasuredProcess::close);
            }
        }
    }

    private void search(Way way, Callers callers) {
        if (way.java()) {
            RateHarness.warmUp(callers, 2 * FIRST);
        }
        int best = 0;
        String next = "not tried";
        for (int rate = FIRST; rate < MOST; rate = (int) (rate * STEP)) {
            Callers.Figures figures = callers.run(rate, LEAD_MS, STEP_MS, HOLD_MS, () -> {});
            boolean kept = figures.placed >= NEARLY * rate * STEP_MS / 1000;
            if (!figures.clean() || !kept) {
                next = "%d: %d failed, %d repeated%s"
                        .formatted(rate, figures.failed, figures.repeated, kept ? "" : ", the callers are the limit");
                break;
            }
            best = rate;
        }
        // What the last step has left undone is not to be measured again.
        LockSupport.parkNanos(REST_NANOS);
        Callers.Figures half = callers.run(best / 2, LEAD_MS, HALF_MS, HOLD_MS, () -> {});
        out.printf(
                Locale.ROOT,
                "| %s | %d | %s | %.2f / %.2f | %d / %d |%n",
                way.text(),
                best,
                next,
                half.ringing.getValueAtPercentile(50) / 1e6,
                half.ringing.getValueAtPercentile(99) / 1e6,
                half.failed,
                half.repeated);
    }
}
