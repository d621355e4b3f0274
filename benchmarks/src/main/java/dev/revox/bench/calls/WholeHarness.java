package dev.revox.bench.calls;

import dev.revox.audio.loop.LatenessCounter;
import dev.revox.audio.onnx.ModelStore;
import dev.revox.audio.vad.VoiceActivity;
import dev.revox.audio.vad.VoiceActivityModel;
import dev.revox.bench.network.MemoryNetwork;
import dev.revox.sip.transport.DatagramTransport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * The 100-call harness: as many whole calls at once in one JVM, real SIP and RTP on loopback, both ends in this process.
 *
 * <p>What the media loops allocate is split into our own code, the sockets and ONNX Runtime by short runs with parts taken
 * away: legs on a network in memory, legs on sockets, whole calls without the neural detector.
 */
public final class WholeHarness {

    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration PART = Duration.ofSeconds(10);
    private static final double GOAL_P99_MS = 10;
    private static final int SAID_SECONDS = 10;

    private WholeHarness() {}

    /**
     * Measures and prints.
     *
     * @param length of the main measurement
     * @param pauseSeconds how long the people called are silent after each {@value #SAID_SECONDS} s of speech, 0 for people who speak all
     *     the time
     */
    public static void run(int calls, Duration length, int pauseSeconds, PrintStream out) throws InterruptedException {
        Speech people = Speech.recorded(8000, out);
        if (pauseSeconds > 0) {
            people = people.clip(0, SAID_SECONDS).pausing(pauseSeconds);
        }
        Speech clip = Speech.ofTheAgent(out);
        VoiceActivityModel energy = VoiceActivity.energy("this part is measured without a network");
        VoiceActivityModel best = VoiceActivity.best(ModelStore.usual());
        introduce(calls, pauseSeconds, best, out);
        int cores = Runtime.getRuntime().availableProcessors();

        CallsRun.Result own =
                new CallsRun("own code", calls, WARM_UP, PART).run(people, 1, energy, name -> new MemoryNetwork());
        CallsRun.Result sockets = new CallsRun("+ sockets", calls, WARM_UP, PART)
                .run(
                        people,
                        Math.max(1, cores / 2),
                        energy,
                        name -> DatagramTransport.of(DatagramTransport.Kind.JDK, name));
        WholeRun.Result plain = new WholeRun(calls, WARM_UP, PART).run(people, clip, energy);
        WholeRun.Result whole = new WholeRun(calls, WARM_UP, length).run(people, clip, best);
        best.close();

        print(whole, out);
        out.printf(
                Locale.ROOT,
                "allocated per frame on the engine's loops  %.1f B: own code %.1f B, JDK sockets %.1f B, what only whole"
                        + " calls do %.1f B, %s %.1f B%n",
                whole.bytesPerFrame(),
                own.bytesPerFrame(),
                sockets.bytesPerFrame() - own.bytesPerFrame(),
                plain.bytesPerFrame() - sockets.bytesPerFrame(),
                whole.voiceActivity(),
                whole.bytesPerFrame() - plain.bytesPerFrame());
        double p99Ms = whole.allLateness().quantileNanos(0.99) / 1e6;
        out.printf(
                Locale.ROOT,
                "%nlateness at the 99th percentile: %.2f ms, goal <= %.0f ms: %s%n",
                p99Ms,
                GOAL_P99_MS,
                p99Ms <= GOAL_P99_MS ? "met" : "MISSED");
    }

    private static void introduce(int calls, int pauseSeconds, VoiceActivityModel best, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%d whole calls at once in one JVM, %d cores, Java %s%n",
                calls,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version());
        out.println(
                "  real: orders, SIP and RTP (PCMU, 20 ms, both ways) over UDP on 127.0.0.1, jitter buffer, voice"
                        + " activity on every call of the engine, resampling of the agent's clip from 16 kHz, barge-in flushes");
        out.println(
                "  ideal: the agent, which has no providers, says a clip again and again, begins anew at each end of"
                        + " the person's speech, and reads the ear every 40 ms; loopback, which loses and delays nothing");
        out.println("  both ends share this JVM: the people called are a second line on loops of its own, speaking"
                + " recorded speech "
                + (pauseSeconds == 0
                        ? "all the time"
                        : "for " + SAID_SECONDS + " s and pausing for " + pauseSeconds + " s")
                + ", with the energy detector");
        out.println("  voice activity of the engine: " + best.reason());
        out.println();
    }

    private static void print(WholeRun.Result result, PrintStream out) {
        double seconds = result.measuredNanos() / 1e9;
        line(
                out,
                "calls placed / connected / completed",
                "%d / %d / %d",
                result.placed(),
                result.connected(),
                result.completed());
        wire(out, "engine", result.engine());
        wire(out, "people", result.people());
        lateness(out, "lateness of all loops", result.allLateness());
        lateness(out, "lateness of the engine's loops", result.engineLateness());
        line(out, "frames skipped, all loops", "%d", result.skippedFrames());
        line(
                out,
                "CPU, % of one core",
                "engine's loops %.1f, people's loops %.1f, JVM %.1f",
                percent(result.engineLoopCpuNanos(), result),
                percent(result.peopleLoopCpuNanos(), result),
                percent(result.jvmCpuNanos(), result));
        line(
                out,
                "answers, end of speech to first packet",
                "%d; p50 %.1f ms, p99 %.1f ms, max %.1f ms",
                result.answers().getTotalCount(),
                result.answers().getValueAtPercentile(50) / 1e6,
                result.answers().getValueAtPercentile(99) / 1e6,
                result.answers().getMaxValue() / 1e6);
        line(out, "heard by the agent", "%.0f s of sound in all calls together", result.microsHeard() / 1e6);
        line(out, "heap per call, both its ends", "%.0f KB", result.heapPerCallBytes() / 1024.0);
        line(
                out,
                "JVM",
                "%d platform threads, %.1f MB/s allocated, %d ms of %.0f s in collections",
                result.platformThreads(),
                result.jvmAllocatedBytes() / seconds / 1e6,
                result.collectionMs(),
                seconds);
        line(out, "load of the machine over the last minute", "%.2f", result.load());
    }

    private static void wire(PrintStream out, String who, WholeRun.Wire wire) {
        line(
                out,
                "packets of the " + who,
                "sent %d, received %d, lost %d, concealed %d",
                wire.sent(),
                wire.received(),
                wire.lost(),
                wire.concealed());
    }

    private static void lateness(PrintStream out, String what, LatenessCounter counter) {
        line(
                out,
                what,
                "p50 %.2f, p99 %.2f, p99.9 %.2f, max %.2f ms over %d frames",
                counter.quantileNanos(0.5) / 1e6,
                counter.quantileNanos(0.99) / 1e6,
                counter.quantileNanos(0.999) / 1e6,
                counter.quantileNanos(1) / 1e6,
                counter.frames());
    }

    private static double percent(long cpuNanos, WholeRun.Result result) {
        return 100.0 * cpuNanos / result.measuredNanos();
    }

    private static void line(PrintStream out, String what, String format, Object... values) {
        out.printf(Locale.ROOT, "%-42s ", what);
        out.printf(Locale.ROOT, format + "%n", values);
    }
}
