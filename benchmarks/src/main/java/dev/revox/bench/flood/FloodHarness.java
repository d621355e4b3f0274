package dev.revox.bench.flood;

import dev.revox.audio.onnx.ModelStore;
import dev.revox.audio.vad.VoiceActivity;
import dev.revox.audio.vad.VoiceActivityModel;
import dev.revox.bench.calls.Speech;
import dev.revox.bench.calls.WholeRun;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Whole calls beside a flood of malformed SIP: does any call fall, is any frame late, does memory grow? */
public final class FloodHarness {

    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final int PER_SECOND = 20_000;
    private static final long SEED = 20_261_130L;
    private static final double GOAL_P99_MS = 10;
    private static final double GOAL_HEAP_MB = 50;

    private FloodHarness() {}

    /**
     * Measures and prints.
     *
     * @return true when all goals are met
     */
    public static boolean run(int calls, Duration length, PrintStream out) throws InterruptedException {
        Speech people = Speech.recorded(8000, out);
        Speech clip = Speech.ofTheAgent(out);
        VoiceActivityModel best = VoiceActivity.best(ModelStore.usual());
        out.printf(
                Locale.ROOT,
                "%d whole calls beside %d malformed SIP messages per second, half of them from the trunk's own address, %d s,"
                        + " seed %d%n",
                calls,
                PER_SECOND,
                length.toSeconds(),
                SEED);
        Flood flood = new Flood(PER_SECOND, SEED);
        WholeRun.Result result = new WholeRun(calls, WARM_UP, length, flood).run(people, clip, best);
        best.close();

        double p99Ms = result.engineLateness().quantileNanos(0.99) / 1e6;
        double heapMb = flood.heapGrowthBytes() / 1e6;
        double seconds = result.measuredNanos() / 1e9;
        out.printf(Locale.ROOT, "sent                     %d, %.0f per second%n", flood.sent(), flood.sentPerSecond());
        out.printf(Locale.ROOT, "valve                    %s%n", flood.counts());
        out.printf(
                Locale.ROOT,
                "calls                    %d placed, %d connected, %d completed%n",
                result.placed(),
                result.connected(),
                result.completed());
        out.printf(
                Locale.ROOT,
                "lateness, engine's loops p50 %.2f, p99 %.2f, p99.9 %.2f, max %.2f ms; %d frames skipped%n",
                result.engineLateness().quantileNanos(0.5) / 1e6,
                p99Ms,
                result.engineLateness().quantileNanos(0.999) / 1e6,
                result.engineLateness().quantileNanos(1) / 1e6,
                result.skippedFrames());
        out.printf(Locale.ROOT, "live heap                grew by %.1f MB%n", heapMb);
        out.printf(
                Locale.ROOT,
                "CPU of one core          JVM %.1f %%, of it the engine's loops %.1f %% and the people's %.1f %%; the sender of the"
                        + " flood is in the JVM's%n",
                100.0 * result.jvmCpuNanos() / result.measuredNanos(),
                100.0 * result.engineLoopCpuNanos() / result.measuredNanos(),
                100.0 * result.peopleLoopCpuNanos() / result.measuredNanos());
        out.printf(
                Locale.ROOT,
                "allocated                %.1f MB/s, %d ms of %.0f s in collections; load %.2f%n",
                result.jvmAllocatedBytes() / seconds / 1e6,
                result.collectionMs(),
                seconds,
                result.load());
        boolean met = result.completed() == calls && p99Ms < GOAL_P99_MS && heapMb < GOAL_HEAP_MB;
        out.printf(
                Locale.ROOT,
                "%ngoals: no call dropped, p99 < %.0f ms, heap < %.0f MB: %s%n",
                GOAL_P99_MS,
                GOAL_HEAP_MB,
                met ? "met" : "MISSED");
        return met;
    }
}
