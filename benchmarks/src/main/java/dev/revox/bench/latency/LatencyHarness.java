package dev.revox.bench.latency;

import dev.revox.agent.turn.TurnSettings;
import dev.revox.audio.onnx.ModelStore;
import dev.revox.audio.vad.VoiceActivity;
import dev.revox.audio.vad.VoiceActivityModel;
import dev.revox.line.CallLine;
import dev.revox.sip.SipCallLine;
import dev.revox.sip.SipSettings;
import dev.revox.sip.SipTrunk;
import dev.revox.testkit.voice.Clip;
import dev.revox.testkit.wire.Measured;
import dev.revox.testkit.wire.ProviderPace;
import dev.revox.testkit.wire.TalkCall;
import dev.revox.testkit.wire.TalkRun;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;

/** The command {@code latency}: how soon callers are answered and agents fall silent, by the packets at the far end. */
public final class LatencyHarness {

    private static final int CALLS_AT_ONCE = 10;
    private static final int FIRST_PORT = 26_000;
    private static final int PORTS_EACH = 20;
    private static final String SHORT_ANSWER = "Sure thing.";
    private static final String LONG_ANSWER =
            "Please bring your insurance card and every letter that you have received from us since last summer because the"
                    + " doctor wants to see which of them mention the medicine you take.";
    private static final Duration PATIENT = Duration.ofMillis(800);

    private LatencyHarness() {}

    /**
     * Prints the table.
     *
     * @param turns of each kind
     */
    public static void run(int turns, long seed, PrintStream out) throws InterruptedException {
        List<Clip> sentences = Sentences.make();
        try (VoiceActivityModel activity = VoiceActivity.best(ModelStore.usual())) {
            ProviderPace pace = ProviderPace.USUAL;
            LatencyTable table = new LatencyTable(out, pace);
            table.introduce(sentences.size(), CALLS_AT_ONCE, seed, activity);
            TurnSettings usual = TurnSettings.DEFAULT;
            TurnSettings late = TurnSettings.builder().preemptive(false).build();
            TurnSettings patient = TurnSettings.builder()
                    .turnDelays(PATIENT, PATIENT, usual.incompleteTurnDelay())
                    .build();
            BiFunction<TalkRun, Integer, Measured> turnByTurn = TalkRun::turns;
            table.warmUp(
                    "by default, the first calls of a fresh JVM",
                    run(turns, seed, sentences, SHORT_ANSWER, usual, activity, turnByTurn));
            table.warmUp(
                    "begun when the turn is over, the calls after those",
                    run(turns, seed, sentences, SHORT_ANSWER, late, activity, turnByTurn));
            table.answers(
                    "begun when the turn is over",
                    late.completeTurnDelay(),
                    false,
                    run(turns, seed, sentences, SHORT_ANSWER, late, activity, turnByTurn));
            table.answers(
                    "by default",
                    usual.completeTurnDelay(),
                    false,
                    run(turns, seed, sentences, SHORT_ANSWER, usual, activity, turnByTurn));
            table.answers(
                    "begun ahead, sound held ready",
                    PATIENT,
                    true,
                    run(turns, seed, sentences, SHORT_ANSWER, patient, activity, turnByTurn));
            table.interruptions(run(turns, seed, sentences, LONG_ANSWER, usual, activity, TalkRun::interruptions));
            table.stages();
        }
    }

    private static Measured run(
            int turns,
            long seed,
            List<Clip> sentences,
            String answer,
            TurnSettings settings,
            VoiceActivityModel activity,
            BiFunction<TalkRun, Integer, Measured> kind) {
        List<CompletableFuture<Measured>> calls = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLS_AT_ONCE)) {
            for (int i = 0; i < CALLS_AT_ONCE; i++) {
                int number = i;
                int share = (turns + CALLS_AT_ONCE - 1) / CALLS_AT_ONCE;
                calls.add(CompletableFuture.supplyAsync(
                        () -> {
                            TalkCall.Plan plan = TalkCall.Plan.answering(answer).settings(settings);
                            try (TalkCall call = new TalkCall(plan, port -> line(port, number, activity))) {
                                Measured measured = kind.apply(new TalkRun(call, sentences, seed + number), share);
                                var unused = call.end();
                                return measured;
                            }
                        },
                        callers));
            }
            return calls.stream().map(CompletableFuture::join).reduce(Measured.NOTHING, Measured::and);
        }
    }

    private static CallLine line(int phonePort, int number, VoiceActivityModel activity) {
        int firstPort = FIRST_PORT + number * PORTS_EACH;
        return SipCallLine.builder()
                .trunk(SipTrunk.of("sip:127.0.0.1:" + phonePort).name("phone"))
                .settings(SipSettings.DEFAULT.withBindAddress("127.0.0.1"))
                .voiceActivity(activity)
                .mediaSettings(media ->
                        media.withPorts(firstPort, firstPort + PORTS_EACH - 1).withLoops(1))
                .build();
    }
}
