package dev.revox.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.conversation.ConversationCommand.FlushPlayout;
import dev.revox.conversation.ConversationCommand.HangUp;
import dev.revox.conversation.ConversationNotice.ProviderFault;
import dev.revox.testkit.script.provider.ScriptedTool;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** F04: what a person hears while a model that speaks itself has nothing to say yet. */
class RealtimeWaitingTest {

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(4);

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    private static ScriptedCall oneQuestion() {
        return ScriptedCall.script().realtime().callerSays(ms(500), ms(1500), "What are the opening hours?");
    }

    @Test
    void a_slow_tool_is_bridged_by_the_other_voice() {
        ScriptedCall script = oneQuestion()
                .tool(ScriptedTool.of("slow", ms(5000), "nine to five"))
                .answersAndCalls("", "slow", "{}", ms(300))
                .answers("From nine to five.", ms(300))
                .callerHangsUp(ms(10_000));
        CallTimeline call = script.run(Duration.ofSeconds(20));

        assertThat(String.join(" ", call.played())).isEqualTo("One moment, please. From nine to five.");
        assertThat(call.conversationSaid()).isEqualTo(call.played());
        assertThat(call.longestQuiet()).isLessThanOrEqualTo(LONGEST_SILENCE);
        assertThat(call.openWork()).isZero();
        assertThat(call.armedTimers()).isZero();
    }

    @Test
    void words_of_the_model_before_a_slow_tool_are_followed_by_others() {
        CallTimeline call = oneQuestion()
                .tool(ScriptedTool.of("slow", ms(5000), "nine to five"))
                .answersAndCalls("Let me look.", "slow", "{}", ms(300))
                .answers("From nine to five.", ms(300))
                .callerHangsUp(ms(10_000))
                .run(Duration.ofSeconds(20));

        assertThat(String.join(" ", call.played())).startsWith("Let me look. One moment, please.");
        assertThat(call.longestQuiet()).isLessThanOrEqualTo(LONGEST_SILENCE);
    }

    @Test
    void a_slow_answer_is_bridged_as_well() {
        CallTimeline call = oneQuestion()
                .answers("From nine to five.", ms(2700))
                .callerHangsUp(ms(9000))
                .run(Duration.ofSeconds(20));

        assertThat(String.join(" ", call.played())).isEqualTo("One moment, please. From nine to five.");
        assertThat(call.longestQuiet()).isLessThanOrEqualTo(LONGEST_SILENCE);
        assertThat(call.armedTimers()).isZero();
    }

    @Test
    void a_quick_answer_is_not_bridged() {
        CallTimeline call = oneQuestion()
                .answers("From nine to five.", ms(1200))
                .callerHangsUp(ms(7000))
                .run(Duration.ofSeconds(20));

        assertThat(String.join(" ", call.played())).isEqualTo("From nine to five.");
    }

    @Test
    void who_interrupts_the_bridge_is_answered() {
        CallTimeline call = oneQuestion()
                .tool(ScriptedTool.of("slow", ms(8000), "nine to five"))
                .answersAndCalls("", "slow", "{}", ms(300))
                .callerSays(ms(3900), ms(5400), "No, I mean the address.")
                .answers("Main Street one.", ms(300))
                .callerHangsUp(ms(9000))
                .run(Duration.ofSeconds(20));

        assertThat(call.all(FlushPlayout.class)).isNotEmpty();
        assertThat(call.transcript()).endsWith("user: No, I mean the address.", "assistant: Main Street one.");
        assertThat(call.conversationSaid()).isEqualTo(call.played());
        assertThat(call.openWork()).isZero();
    }

    @Test
    void a_bridge_that_cannot_be_said_does_not_end_the_call() {
        CallTimeline call = oneQuestion()
                .ttsIsDead()
                .answers("From nine to five.", ms(2700))
                .callerHangsUp(ms(9000))
                .run(Duration.ofSeconds(20));

        assertThat(call.all(HangUp.class)).isEmpty();
        assertThat(call.told(ProviderFault.class)).isNotEmpty();
        assertThat(String.join(" ", call.played())).isEqualTo("From nine to five.");
    }

    @Test
    void without_another_voice_nothing_is_said_meanwhile() {
        CallTimeline call = oneQuestion()
                .withoutOtherVoices()
                .answers("From nine to five.", ms(2700))
                .callerHangsUp(ms(9000))
                .run(Duration.ofSeconds(20));

        assertThat(String.join(" ", call.played())).isEqualTo("From nine to five.");
    }
}
