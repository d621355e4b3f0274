package dev.revox.testkit.echo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.conversation.ConversationCommand.FlushPlayout;
import dev.revox.conversation.ConversationCommand.PausePlayout;
import dev.revox.conversation.ConversationResult;
import dev.revox.transcript.TranscriptItem;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EchoTalkTest {

    private static final String GREETING = "Hi Dana! This is Ada from the Riverside Clinic.";
    private static final String PARKING = "Yes, you can park for free behind the building.";
    private static final String LONG =
            "Please bring your insurance card and a list of the medicine that you take, and come"
                    + " fifteen minutes early so that we can fill in the forms together.";
    private static final String MOVED = "I have moved your appointment to eleven tomorrow.";

    private static SoundingCall call(boolean suppressesEcho) {
        return new SoundingCall(new EchoingWire(20, 120), suppressesEcho, GREETING, PARKING, LONG, MOVED);
    }

    private static List<String> said(ConversationResult result, Class<? extends TranscriptItem> by) {
        return result.transcript().stream()
                .filter(by::isInstance)
                .map(TranscriptItem::content)
                .toList();
    }

    @Test
    void an_agent_whose_own_voice_comes_back_is_interrupted_by_the_caller_alone() {
        try (SoundingCall call = call(true)) {
            call.agentHasSaid(2);
            call.pass(Duration.ofMillis(900));
            call.callerSays("Is there any parking near the clinic?");
            // The first clause of an answer is said on its own.
            call.agentHasSaid(4);
            call.pass(Duration.ofMillis(900));
            call.callerSays("Yes this is Dana.");
            call.pass(Duration.ofMillis(3500));

            assertThat(call.count(PausePlayout.class)).isZero();
            assertThat(call.echo().suppressedMs()).isGreaterThan(4000);
            assertThat(call.echo().returnLossDb()).isBetween(18.0, 22.0);

            call.callerSays("Sorry can we make it eleven instead?");
            call.pass(Duration.ofMillis(4000));
            assertThat(call.count(PausePlayout.class)).isEqualTo(1);
            assertThat(call.count(FlushPlayout.class)).isEqualTo(1);

            ConversationResult result = call.hangUp();
            assertThat(said(result, TranscriptItem.User.class))
                    .containsExactly(
                            "Is there any parking near the clinic?",
                            "Yes this is Dana.",
                            "Sorry can we make it eleven instead?");
            List<String> agent = said(result, TranscriptItem.Assistant.class);
            assertThat(agent.subList(0, 2)).containsExactly(GREETING, PARKING);
            assertThat(agent.get(2)).startsWith("Please bring").isNotEqualTo(LONG);
            assertThat(agent.get(3)).isEqualTo(MOVED);
        }
    }

    @Test
    void without_suppression_the_agent_holds_itself_up() {
        try (SoundingCall call = call(false)) {
            call.pass(Duration.ofSeconds(4));

            assertThat(call.count(PausePlayout.class)).isPositive();
        }
    }
}
