package dev.revox.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.conversation.ConversationCommand.FlushPlayout;
import dev.revox.conversation.ConversationCommand.HangUp;
import dev.revox.transcript.TranscriptItem;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How calls end. */
class EndingTest {

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    void end_call_is_carried_out_only_after_the_last_word_was_played() {
        CallTimeline call = ScriptedCall.script()
                .callerSays(ms(500), ms(1500), "That is all, thank you.")
                .llmAnswersAndCalls("Great, see you tomorrow.", "end_call", "{\"reason\":\"done\"}", ms(300))
                .endOfCallSentence("Goodbye and have a nice day!")
                .run(Duration.ofSeconds(20));

        assertThat(call.all(HangUp.class)).containsExactly(new HangUp(EndedBy.AGENT, EndReason.TOOL_END_CALL));
        assertThat(String.join(" ", call.played())).isEqualTo("Great, see you tomorrow. Goodbye and have a nice day!");
        assertThat(call.conversationSaid()).isEqualTo(call.played());
        assertThat(call.result().transcript())
                .anySatisfy(item -> assertThat(item)
                        .isInstanceOfSatisfying(
                                TranscriptItem.Tool.class,
                                tool -> assertThat(tool.arguments()).containsEntry("reason", "done")));
        assertThat(call.armedTimers()).isZero();
        assertThat(call.openWork()).isZero();
    }

    @Test
    void a_farewell_is_not_interrupted() {
        CallTimeline call = ScriptedCall.script()
                .callerSays(ms(500), ms(1500), "That is all, thank you.")
                .llmAnswersAndCalls("", "end_call", "{}", ms(300))
                .endOfCallSentence("Goodbye and have a very nice and pleasant day!")
                .callerSays(ms(3000), ms(4500), "No wait, one more thing please.")
                .run(Duration.ofSeconds(20));

        assertThat(String.join(" ", call.played())).isEqualTo("Goodbye and have a very nice and pleasant day!");
        assertThat(call.all(FlushPlayout.class)).isEmpty();
        assertThat(call.all(HangUp.class)).hasSize(1);
    }

    @Test
    void the_message_at_the_limit_ends_inside_it() {
        CallTimeline call = ScriptedCall.script()
                .firstSentence("Hi Dana!")
                .maxDuration(Duration.ofSeconds(30), "I am sorry, our time is over. Please call us back. Goodbye.")
                .callerSays(ms(24_000), ms(25_000), "Tell me a story.")
                .llmAnswers("Once upon a time there was a very long story that had no end at all and went on.", ms(300))
                .run(Duration.ofSeconds(40));

        assertThat(call.all(HangUp.class)).containsExactly(new HangUp(EndedBy.SYSTEM, EndReason.MAX_DURATION));
        assertThat(call.lasted()).isBetween(ms(29_000), ms(30_020));
        assertThat(call.played()).endsWith("call", "us", "back.", "Goodbye.");
        assertThat(call.conversationSaid()).isEqualTo(call.played());
    }

    @Test
    void without_a_message_the_limit_ends_the_call_silently() {
        CallTimeline call =
                ScriptedCall.script().maxDuration(Duration.ofSeconds(8), "").run(Duration.ofSeconds(20));

        assertThat(call.first(HangUp.class)).isEqualTo(ms(8000));
        assertThat(call.transcript()).isEmpty();
    }

    @Test
    void a_silent_caller_is_asked_once_and_then_left() {
        CallTimeline call = ScriptedCall.script()
                .firstSentence("Hi!")
                .llmAnswers("Are you there, Dana?", ms(300))
                .run(Duration.ofSeconds(60));

        assertThat(call.all(HangUp.class)).containsExactly(new HangUp(EndedBy.AGENT, EndReason.USER_SILENCE));
        assertThat(call.transcript()).containsExactly("assistant: Hi!", "assistant: Are you there, Dana?");
        assertThat(call.lasted()).isBetween(ms(20_000), ms(24_000));
    }

    @Test
    void a_stop_hangs_up_at_once() {
        CallTimeline call = ScriptedCall.script()
                .firstSentence("Hi Dana, this is a rather long first sentence that will not be heard to its end.")
                .engineStops(ms(1500), EndedBy.SYSTEM, EndReason.CANCELLED)
                .run(Duration.ofSeconds(10));

        assertThat(call.all(HangUp.class)).containsExactly(new HangUp(EndedBy.SYSTEM, EndReason.CANCELLED));
        assertThat(call.first(HangUp.class)).isEqualTo(ms(1500));
        assertThat(call.conversationSaid().size()).isLessThan(8);
        assertThat(call.openWork()).isZero();
        assertThat(call.armedTimers()).isZero();
    }

    @Test
    void what_was_said_right_before_the_hang_up_is_waited_for() {
        CallTimeline call = ScriptedCall.script()
                .firstSentence("Shall I book it?")
                .sttNeeds(ms(900))
                .callerSays(ms(4000), ms(5000), "Yes please, do that, bye.")
                .callerHangsUp(ms(5100))
                .run(Duration.ofSeconds(20));

        assertThat(call.transcript()).containsExactly("assistant: Shall I book it?", "user: Yes please, do that, bye.");
        assertThat(call.lasted()).isEqualTo(ms(5100));
        assertThat(call.modelRequests()).isEmpty();
        assertThat(call.openWork()).isZero();
        assertThat(call.armedTimers()).isZero();
    }

    @Test
    void who_hangs_up_in_mid_speech_is_quoted_up_to_there() {
        CallTimeline call = ScriptedCall.script()
                .firstSentence("Shall I book it?")
                .callerSays(ms(4000), ms(8000), "Yes please.")
                .callerHangsUp(ms(6000))
                .run(Duration.ofSeconds(20));

        assertThat(call.transcript().getLast()).startsWith("user: Yes");
        assertThat(call.openWork()).isZero();
    }

    @Test
    void words_that_never_come_are_not_waited_for_beyond_the_recognisers_deadline() {
        CallTimeline call = ScriptedCall.script()
                .firstSentence("Shall I book it?")
                .sttNeeds(Duration.ofHours(1))
                .callerSays(ms(4000), ms(5000), "Yes please.")
                .callerHangsUp(ms(5100))
                .run(Duration.ofSeconds(20));

        assertThat(call.transcript()).containsExactly("assistant: Shall I book it?");
        assertThat(call.openWork()).isZero();
        assertThat(call.armedTimers()).isZero();
    }
}
