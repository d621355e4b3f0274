package dev.revox.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.agent.turn.TurnSettings;
import dev.revox.conversation.ConversationCommand.FlushPlayout;
import dev.revox.conversation.ConversationCommand.PausePlayout;
import dev.revox.conversation.ConversationCommand.Say;
import dev.revox.conversation.ConversationNotice.AnsweredAhead;
import dev.revox.conversation.ConversationNotice.TurnMeasured;
import dev.revox.conversation.ConversationNotice.UserTurn;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Turns that are closed at a pause, and answers that are begun before the turn is over. */
class QuickTurnTest {

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    void a_complete_sentence_is_answered_from_the_end_of_speech_and_not_from_certain_silence() {
        CallTimeline call = ScriptedCall.script()
                .callerSays(ms(500), ms(1500), "What are the opening hours?")
                .sttNeeds(ms(60))
                .llmAnswers("From nine to five.", ms(100))
                .ttsSpeaks(15, ms(80))
                .run(Duration.ofSeconds(6));

        // Words at 130 ms, turn closed at 150, model 100, voice 80.
        assertThat(call.first(Say.class)).isLessThanOrEqualTo(ms(1500 + 150 + 100 + 80));
        assertThat(call.told(UserTurn.class)).hasSize(1);
        assertThat(call.transcript())
                .containsExactly("user: What are the opening hours?", "assistant: From nine to five.");
    }

    @Test
    void an_answer_begun_ahead_is_there_when_the_turn_is_closed() {
        CallTimeline call = openEnd().run(Duration.ofSeconds(6));

        assertThat(call.told(AnsweredAhead.class)).containsExactly(new AnsweredAhead(true));
        assertThat(call.modelRequests()).hasSize(1);
        // Everything was ready before the 400 ms were over.
        assertThat(call.told(TurnMeasured.class).getFirst().latency().total()).isLessThanOrEqualTo(ms(420));
    }

    @Test
    void without_preemption_the_same_answer_comes_later() {
        CallTimeline call = openEnd()
                .settings(TurnSettings.builder().preemptive(false).build())
                .run(Duration.ofSeconds(6));

        assertThat(call.told(AnsweredAhead.class)).isEmpty();
        assertThat(call.told(TurnMeasured.class).getFirst().latency().total()).isGreaterThanOrEqualTo(ms(580));
    }

    private static ScriptedCall openEnd() {
        return ScriptedCall.script()
                .callerSays(ms(500), ms(1500), "tomorrow afternoon please")
                .sttNeeds(ms(60))
                .llmAnswers("Tomorrow it is.", ms(100))
                .ttsSpeaks(15, ms(80));
    }

    @Test
    void an_answer_begun_at_a_pause_that_was_none_is_thrown_away_unheard() {
        CallTimeline call = ScriptedCall.script()
                .callerSays(ms(500), ms(1500), ms(1800), ms(2600), "tomorrow afternoon", "at three.")
                .sttNeeds(ms(60))
                .llmAnswers("You must never hear this.", ms(50))
                .llmAnswers("Three it is.", ms(100))
                .run(Duration.ofSeconds(6));

        assertThat(call.told(AnsweredAhead.class)).startsWith(new AnsweredAhead(false));
        assertThat(call.played()).doesNotContain("never");
        assertThat(call.transcript()).containsExactly("user: tomorrow afternoon at three.", "assistant: Three it is.");
        assertThat(call.openWork()).isZero();
    }

    @Test
    void a_turn_that_is_answered_twice_is_said_once() {
        CallTimeline call = ScriptedCall.script()
                .callerSays(ms(500), ms(1500), ms(1800), ms(2600), "tomorrow afternoon", "")
                .sttNeeds(ms(60))
                .llmAnswers("Tomorrow it is.", ms(50))
                .llmAnswers("Tomorrow it is.", ms(50))
                .run(Duration.ofSeconds(6));

        assertThat(String.join(" ", call.played())).isEqualTo("Tomorrow it is.");
        assertThat(call.told(UserTurn.class)).hasSize(1);
    }

    @Test
    void tools_of_an_answer_begun_ahead_wait_until_the_turn_is_closed() {
        CallTimeline call = ScriptedCall.script()
                .callerSays(ms(500), ms(1500), ms(1800), ms(2600), "that would be all", "but one more thing.")
                .sttNeeds(ms(60))
                .llmAnswersAndCalls("Goodbye.", "end_call", "{}", ms(50))
                .llmAnswers("What is it?", ms(100))
                .run(Duration.ofSeconds(6));

        assertThat(call.transcript())
                .containsExactly("user: that would be all but one more thing.", "assistant: What is it?");
    }

    @Test
    void a_tool_called_ahead_is_carried_out_once_the_turn_is_closed() {
        CallTimeline call = ScriptedCall.script()
                .callerSays(ms(500), ms(1500), "that would be all")
                .sttNeeds(ms(60))
                .llmAnswersAndCalls("Goodbye.", "end_call", "{}", ms(50))
                .run(Duration.ofSeconds(10));

        assertThat(call.transcript()).contains("assistant: Goodbye.");
        assertThat(call.lasted()).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void a_model_that_fails_ahead_is_asked_again_when_the_turn_is_closed() {
        CallTimeline call = ScriptedCall.script()
                .callerSays(ms(500), ms(1500), "tomorrow afternoon please")
                .sttNeeds(ms(30))
                .llmFails("", ms(10))
                .llmFails("", ms(10))
                .llmAnswers("Tomorrow it is.", ms(100))
                .run(Duration.ofSeconds(6));

        assertThat(call.transcript()).endsWith("assistant: Tomorrow it is.");
        assertThat(call.told(AnsweredAhead.class)).containsExactly(new AnsweredAhead(false));
    }

    @Test
    void a_caller_who_goes_on_before_the_answer_is_heard_has_one_turn() {
        CallTimeline call = ScriptedCall.script()
                .callerSays(ms(500), ms(1500), ms(1900), ms(2900), "I have a question.", "Can I bring my dog?")
                .sttNeeds(ms(60))
                .llmAnswers("You must never hear this.", ms(900))
                .llmAnswers("Dogs are welcome.", ms(100))
                .run(Duration.ofSeconds(8));

        assertThat(call.transcript())
                .containsExactly("user: I have a question. Can I bring my dog?", "assistant: Dogs are welcome.");
        assertThat(call.played()).doesNotContain("never");
    }

    @Test
    void an_interruption_before_the_first_sound_of_an_answer_leaves_no_trace_of_it() {
        CallTimeline call = ScriptedCall.script()
                .callerSays(ms(500), ms(1500), "What are the opening hours?")
                .llmAnswers("We are open from nine to five.", ms(300))
                .ttsSpeaks(15, ms(1500))
                .callerSays(ms(2000), ms(3000), "And where are you?")
                .llmAnswers("Main Street one.", ms(300))
                .run(Duration.ofSeconds(12));

        assertThat(call.transcript())
                .containsExactly("user: What are the opening hours? And where are you?", "assistant: Main Street one.");
    }

    @Test
    void an_interruption_in_the_last_200_ms_keeps_what_was_heard() {
        CallTimeline call = ScriptedCall.script()
                .callerSays(ms(500), ms(1500), "What are the opening hours?")
                .sttNeeds(ms(60))
                .llmAnswers("From nine to five.", ms(100))
                .ttsSpeaks(15, ms(80))
                .callerSays(ms(2900), ms(3900), "And on Sundays?")
                .llmAnswers("Closed.", ms(100))
                .run(Duration.ofSeconds(8));

        assertThat(call.conversationSaid()).isEqualTo(call.played());
        assertThat(call.transcript()).endsWith("user: And on Sundays?", "assistant: Closed.");
    }

    @Test
    void a_slow_speaker_is_given_more_and_more_time() {
        CallTimeline call = ScriptedCall.script()
                .callerSays(ms(500), ms(1000), "well")
                .callerSays(ms(1900), ms(2400), "I think")
                .callerSays(ms(3200), ms(3700), "tomorrow")
                .callerSays(ms(4300), ms(4900), "is good")
                .sttNeeds(ms(60))
                .llmAnswers("No.", ms(2500))
                .llmAnswers("No.", ms(2500))
                .llmAnswers("No.", ms(2500))
                .llmAnswers("Good.", ms(100))
                .run(Duration.ofSeconds(10));

        assertThat(call.transcript()).containsExactly("user: well I think tomorrow is good", "assistant: Good.");
    }

    @Test
    void a_short_noise_over_the_agent_does_not_hold_it() {
        CallTimeline call = ScriptedCall.script()
                .callerSays(ms(500), ms(1500), "What are the opening hours?")
                .llmAnswers("We are open from nine to five on all weekdays.", ms(300))
                .callerCoughs(ms(3500), ms(3540))
                .run(Duration.ofSeconds(8));

        assertThat(call.all(PausePlayout.class)).isEmpty();
        assertThat(call.all(FlushPlayout.class)).isEmpty();
    }

    @Test
    void a_recogniser_without_words_at_pauses_closes_turns_after_speech() {
        CallTimeline call = ScriptedCall.script()
                .callerSays(ms(500), ms(1500), "What are the opening hours?")
                .sttWaitsForTheEnd()
                .sttNeeds(ms(100))
                .llmAnswers("From nine to five.", ms(100))
                .run(Duration.ofSeconds(6));

        assertThat(call.transcript()).endsWith("assistant: From nine to five.");
        assertThat(call.told(TurnMeasured.class).getFirst().latency().total()).isGreaterThan(ms(450));
    }

    @ParameterizedTest(name = "{0} ms")
    @ValueSource(longs = {100, 700, 1520, 1600, 1640, 1700, 1800, 2000, 2500})
    void a_hang_up_at_any_moment_of_a_quick_turn_leaves_nothing_open(long at) {
        CallTimeline call = openEnd().callerHangsUp(ms(at)).run(Duration.ofSeconds(6));

        assertThat(call.openWork()).isZero();
        assertThat(call.armedTimers()).isZero();
        assertThat(call.conversationSaid()).isEqualTo(call.played());
    }
}
