package dev.revox.bench.ping;

import dev.revox.audio.onnx.ModelStore;
import dev.revox.audio.vad.VoiceActivity;
import dev.revox.audio.vad.VoiceActivityModel;
import dev.revox.bench.calls.Speech;
import dev.revox.bench.calls.WholeRun;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** The command {@code ping}: OPTIONS of the trunk to a line that carries calls, as exchanges send them to know whether it is alive. */
public final class PingHarness {

    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final double GOAL_MS = 100;

    private PingHarness() {}

    /**
     * Measures and prints.
     *
     * @return true when every ping was answered within the goal
     */
    public static boolean run(int calls, Duration length, PrintStream out) throws InterruptedException {
        Speech people = Speech.recorded(8000, out);
        Speech clip = Speech.ofTheAgent(out);
        Pings pings = new Pings();
        WholeRun.Result result;
        try (VoiceActivityModel model = VoiceActivity.best(ModelStore.usual())) {
            result = new WholeRun(calls, WARM_UP, length, pings).run(people, clip, model);
        }
        boolean met = pings.sent() > 0 && pings.unanswered() == 0 && pings.answeredMs(100) <= GOAL_MS;
        out.printf(
                Locale.ROOT,
                "%d calls placed, %d completed, load %.1f%n"
                        + "OPTIONS sent %d, unanswered %d; answered within p50 %.2f, p99 %.2f, max %.2f ms; goal %.0f: %s%n",
                result.placed(),
                result.completed(),
                result.load(),
                pings.sent(),
                pings.unanswered(),
                pings.answeredMs(50),
                pings.answeredMs(99),
                pings.answeredMs(100),
                GOAL_MS,
                met ? "met" : "MISSED");
        return met;
    }
}
