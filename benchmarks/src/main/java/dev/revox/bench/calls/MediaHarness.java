package dev.revox.bench.calls;

import dev.revox.audio.onnx.ModelStore;
import dev.revox.audio.vad.VoiceActivity;
import dev.revox.audio.vad.VoiceActivityModel;
import dev.revox.sip.transport.DatagramTransport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Many media sessions without calls around them: RTP both ways on loopback and voice activity on each leg, and what the media
 * loops allocate, split into our own code, the sockets and ONNX Runtime by running the same with parts taken away.
 */
public final class MediaHarness {

    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration PART = Duration.ofSeconds(10);
    private static final double GOAL_P99_MS = 10;

    private MediaHarness() {}

    /**
     * Measures and prints.
     *
     * @param legs an even number; each leg is another one's far end
     * @param length of the main measurement
     */
    public static void run(int legs, Duration length, PrintStream out) throws InterruptedException {
        int calls = legs & ~1;
        int cores = Runtime.getRuntime().availableProcessors();
        int loops = Math.max(1, cores / 2);
        Speech speech = Speech.recorded(8000, out);
        VoiceActivityModel energy = VoiceActivity.energy("the harness measures without a network");
        VoiceActivityModel best = VoiceActivity.best(ModelStore.usual());
        out.printf(
                Locale.ROOT,
                "%d legs in pairs, %d cores, %d media loop(s), PCMU, 20 ms, speech both ways%n%s%n%n",
                calls,
                cores,
                loops,
                best.reason());

        List<CallsRun.Result> results = new ArrayList<>();
        results.add(new CallsRun("own code (no sockets, no network)", calls, WARM_UP, PART)
                .run(speech, 1, energy, name -> new MemoryNetwork()));
        results.add(new CallsRun("+ JDK sockets", calls, WARM_UP, PART)
                .run(speech, loops, energy, name -> DatagramTransport.of(DatagramTransport.Kind.JDK, name)));
        results.add(new CallsRun("+ Netty sockets", calls, WARM_UP, PART)
                .run(speech, loops, energy, name -> DatagramTransport.of(DatagramTransport.Kind.NETTY, name)));
        results.add(new CallsRun("JDK sockets + " + best.name(), calls, WARM_UP, length)
                .run(speech, loops, best, name -> DatagramTransport.of(DatagramTransport.Kind.JDK, name)));
        best.close();
        print(out, results);
    }

    private static void print(PrintStream out, List<CallsRun.Result> results) {
        out.printf(
                "%-34s %8s %9s %6s %6s | %7s %7s %7s %7s | %8s %7s %8s%n",
                "run", "vad", "sent", "lost", "gave up", "p50 ms", "p99 ms", "p99.9", "max ms", "B/frame", "cpu %",
                "speech");
        for (CallsRun.Result result : results) {
            out.printf(
                    Locale.ROOT,
                    "%-34s %8s %9d %6d %6d | %7.2f %7.2f %7.2f %7.2f | %8.1f %7.1f %8d%n",
                    result.name(),
                    result.voiceActivity(),
                    result.packetsSent(),
                    result.packetsLost(),
                    result.framesGivenUp(),
                    millis(result, 0.5),
                    millis(result, 0.99),
                    millis(result, 0.999),
                    millis(result, 1),
                    result.bytesPerFrame(),
                    result.loopCpuPercent(),
                    result.speechEdges());
        }
        CallsRun.Result own = results.get(0);
        CallsRun.Result jdk = results.get(1);
        CallsRun.Result netty = results.get(2);
        CallsRun.Result whole = results.get(3);
        out.printf(
                Locale.ROOT,
                "%nallocated per frame on the loops: own code %.1f B, JDK sockets %.1f B, Netty %.1f B, %s %.1f B%n",
                own.bytesPerFrame(),
                jdk.bytesPerFrame() - own.bytesPerFrame(),
                netty.bytesPerFrame() - own.bytesPerFrame(),
                whole.voiceActivity(),
                whole.bytesPerFrame() - jdk.bytesPerFrame());
        out.printf(
                Locale.ROOT,
                "lateness at the 99th percentile: %.2f ms, goal <= %.0f ms: %s%n",
                millis(whole, 0.99),
                GOAL_P99_MS,
                millis(whole, 0.99) <= GOAL_P99_MS ? "met" : "MISSED");
    }

    private static double millis(CallsRun.Result result, double quantile) {
        return result.lateness().quantileNanos(quantile) / 1e6;
    }
}
