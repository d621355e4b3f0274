package dev.revox.acceptance.call;

import static dev.revox.testkit.phone.Step.interruptAfter;
import static dev.revox.testkit.phone.Step.say;
import static dev.revox.testkit.phone.Step.waitForHangUp;
import static dev.revox.testkit.phone.Step.waitForSpeechEnd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.acceptance.world.AcceptanceWorld;
import dev.revox.acceptance.world.AcceptanceWorld.Outcome;
import dev.revox.acceptance.world.Heard;
import dev.revox.attempt.CallAttempt;
import dev.revox.attempt.EndReason;
import dev.revox.conversation.ConversationNotice;
import dev.revox.event.CallEvent;
import dev.revox.sip.SipTrunk;
import dev.revox.testkit.phone.TestPhone;
import dev.revox.testkit.recognise.PhraseRecogniser;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.transcript.TranscriptItem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call of several turns with a telephone that sends the agent's own voice back, 20 dB weaker and 120 ms later. */
class EchoLoopbackIT {

    @TempDir
    Path folder;

    @Test
    void an_agent_that_hears_itself_is_interrupted_by_the_caller_alone() {
        try (TestPhone phone = TestPhone.answering(0)
                        .echoing(20, Duration.ofMillis(120))
                        .script(
                                waitForSpeechEnd(),
                                say("Is there any parking near the clinic?"),
                                waitForSpeechEnd(),
                                say("Yes this is Dana."),
                                interruptAfter(Duration.ofSeconds(4), "Sorry can we make it eleven instead?"),
                                waitForSpeechEnd(),
                                say("No that is all thank you goodbye."),
                                waitForHangUp(Duration.ofSeconds(20)));
                AcceptanceWorld world = AcceptanceWorld.dialling(
                        folder, SipTrunk.of("sip:127.0.0.1:" + phone.port()).name("phone"))) {

            Outcome outcome = world.call();

            CallAttempt attempt = outcome.row().attempt();
            assertThat(attempt.endReason()).contains(EndReason.TOOL_END_CALL);
            assertThat(Heard.userTurns(attempt))
                    .containsExactly(
                            "Is there any parking near the clinic?",
                            "Yes this is Dana.",
                            "Sorry can we make it eleven instead?",
                            "No that is all thank you goodbye.");
            List<TranscriptItem.Assistant> cut = attempt.transcript().orElseThrow().stream()
                    .filter(TranscriptItem.Assistant.class::isInstance)
                    .map(TranscriptItem.Assistant.class::cast)
                    .filter(TranscriptItem.Assistant::interrupted)
                    .toList();
            assertThat(cut).hasSize(1);
            assertThat(cut.getFirst().content()).startsWith("Wonderful. Please bring");
            assertThat(world.events())
                    .filteredOn(event -> event instanceof CallEvent.InConversation news
                            && news.notice() instanceof ConversationNotice.BargeIn)
                    .hasSize(1);
            assertThat(outcome.row().media().echo()).satisfies(echo -> {
                assertThat(echo.suppressedMs()).isGreaterThan(4000);
                assertThat(echo.returnLossDb()).isBetween(17.0, 23.0);
                assertThat(echo.delayMs()).isBetween(100, 250);
            });
            // What was said to the telephone is whole: the agent held itself up nowhere.
            assertThat(PhraseRecogniser.of(ClipSet.agent())
                            .recognise(phone.calls().getFirst().heard()))
                    .contains("This is Ada from the Riverside Clinic")
                    .contains("you can park for free behind the building");
        }
    }
}
