package dev.revox.bench.pace;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Lateness of frames and processor time per frame: each way to wait, by turns, alone and beside a host that makes garbage. */
public final class PaceHarness {
    private static final int ROUNDS = 5;
    private static final int[] STREAMS = {1, 100, 1000};
    private static final int PIECE_BYTES = 10_000;
    private static final int CHURN_BYTES_PER_MS = 500_000;
    private static final long LONGEST_NANOS = 10_000_000_000L;

    private final int seconds;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    private PaceHarness(int seconds) {
        this.seconds = seconds;
    }

    /** What was found of one way. */
    private static final class Found {
        final Histogram lateNanos = new ConcurrentHistogram(LONGEST_NANOS, 3);
        long cpuNanos;
    }

    /** Measures each way {@value #ROUNDS} times for so many seconds and prints one table. */
    public static void run(int seconds, PrintStream out) throws Exception {
        PaceHarness harness = new PaceHarness(seconds);
        out.println("| streams | host | way | late p50 ms | p99 ms | p99.9 ms | us of CPU per frame |");
        out.println("|---|---|---|---|---|---|---|");
        for (boolean churn : new boolean[] {false, true}) {
            for (int streams : STREAMS) {
                harness.table(streams, churn, out);
            }
        }
    }

    private void table(int streams, boolean churn, PrintStream out) throws Exception {
        Map<Pacer, Found> found = new EnumMap<>(Pacer.class);
        AtomicBoolean busy = new AtomicBoolean(churn);
        Thread host = Thread.ofPlatform().daemon(true).start(() -> churn(busy));
        for (int round = 0; round <= ROUNDS; round++) {
            for (Pacer pacer : Pacer.values()) {
                Found its = found.computeIfAbsent(pacer, unused -> new Found());
                if (round == 1) {
                    // The first round was for the compiler.
                    its.lateNanos.reset();
                    its.cpuNanos = 0;
                }
                measure(pacer, streams, its, host.threadId());
            }
        }
        busy.set(false);
        host.join();
        found.forEach((pacer, its) -> out.printf(
                "| %d | %s | %s | %.2f | %.2f | %.2f | %.2f |%n",
                streams,
                churn ? "500 MB/s of garbage" : "idle",
                pacer.text,
                its.lateNanos.getValueAtPercentile(50) / 1e6,
                its.lateNanos.getValueAtPercentile(99) / 1e6,
                its.lateNanos.getValueAtPercentile(99.9) / 1e6,
                its.cpuNanos / 1e3 / its.lateNanos.getTotalCount()));
    }

    private void measure(Pacer pacer, int streams, Found found, long host) throws Exception {
        Histogram late = found.lateNanos;
        Map<Long, Long> before = cpuNanos();
        AutoCloseable running =
                pacer.start(streams, due -> late.recordValue(Math.clamp(System.nanoTime() - due, 0, LONGEST_NANOS)));
        try {
            LockSupport.parkNanos(seconds * 1_000_000_000L);
            cpuNanos().forEach((thread, nanos) -> {
                if (thread != host) {
                    found.cpuNanos += nanos - before.getOrDefault(thread, 0L);
                }
            });
        } finally {
            running.close();
        }
    }

    /** Of all threads that live now; the collector's and the compiler's are not among them. */
    private Map<Long, Long> cpuNanos() {
        Map<Long, Long> nanos = new HashMap<>();
        for (long thread : threads.getAllThreadIds()) {
            nanos.put(thread, Math.max(0, threads.getThreadCpuTime(thread)));
        }
        return nanos;
    }

    private static void churn(AtomicBoolean busy) {
        byte[][] kept = new byte[64][];
        int at = 0;
        long next = System.nanoTime();
        while (busy.get()) {
            for (int made = 0; made < CHURN_BYTES_PER_MS; made += PIECE_BYTES) {
                kept[at++ & 63] = new byte[PIECE_BYTES];
            }
            next += 1_000_000L;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }
}
