package dev.revox.acceptance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.testkit.voice.Clip;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.testkit.voice.LabelledSpeech;
import dev.revox.testkit.wire.Measured;
import dev.revox.testkit.wire.ProviderPace;
import dev.revox.testkit.wire.TalkCall;
import dev.revox.testkit.wire.TalkRun;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A few turns of what the command {@code latency} of the benchmarks measures, with bounds that a busy machine keeps: it shows that
 * turns are counted and timed, not how quick they are.
 */
class TalkOnTheWireLoopbackIT {

    private static final double BUSY_MACHINE_MS = 2500;
    private static final List<Clip> SENTENCES =
            List.of(sentence("Could you repeat that please?"), sentence("Is there any parking near the clinic?"));

    private static Clip sentence(String text) {
        return LabelledSpeech.trimmed(ClipSet.caller().sentence(text).orElseThrow());
    }

    @Test
    void every_turn_is_answered_and_the_ledger_agrees_with_the_wire() {
        try (TalkCall call = new TalkCall(TalkCall.Plan.answering("Sure thing."), Lines::to)) {
            Measured measured = new TalkRun(call, SENTENCES, 1).turns(3);

            assertThat(measured.unanswered()).isZero();
            assertThat(measured.ledger()).hasSize(3);
            // No answer can be there before recogniser, model and voice have done their work.
            assertThat(measured.wireMs())
                    .allSatisfy(ms -> assertThat(ms).isBetween(ProviderPace.USUAL.allMs(), BUSY_MACHINE_MS));
            for (int i = 0; i < 3; i++) {
                double ledgerMs = measured.ledger().get(i).total().toNanos() / 1e6;
                assertThat(measured.wireMs().get(i)).isBetween(ledgerMs - 150, ledgerMs + 150);
            }
        }
    }

    @Test
    void an_agent_that_is_interrupted_falls_silent() {
        String answer =
                "Please bring your insurance card and every letter that you have received from us since last summer.";
        try (TalkCall call = new TalkCall(TalkCall.Plan.answering(answer), Lines::to)) {
            Measured measured = new TalkRun(call, SENTENCES, 2).interruptions(2);

            assertThat(measured.spoken()).isEqualTo(2);
            assertThat(measured.wireMs())
                    .hasSize(2)
                    .allSatisfy(ms -> assertThat(ms).isBetween(60.0, BUSY_MACHINE_MS));
        }
    }
}
