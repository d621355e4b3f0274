package dev.revox.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.agent.turn.TurnModelSettings;
import dev.revox.agent.turn.TurnSettings;
import dev.revox.conversation.ConversationNotice.AnsweredAhead;
import dev.revox.conversation.ConversationNotice.TurnMeasured;
import dev.revox.conversation.ConversationNotice.UserTurn;
import dev.revox.conversation.TurnLatency.Milestone;
import dev.revox.testkit.script.provider.ScriptedTurnModel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an end-of-turn model changes about when turns are closed, and what it cannot. Sound is lost to sight 70 ms after its end. */
class EndOfTurnModelTest {

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    /** A second of speech from 0.5 to 1.5 s. */
    private static ScriptedCall says(String words, ScriptedTurnModel model) {
        return ScriptedCall.script()
                .callerSays(ms(500), ms(1500), words)
                .sttNeeds(ms(60))
                .endOfTurnModel(model)
                .llmAnswers("All right.", ms(100))
                .ttsSpeaks(15, ms(80));
    }

    /** From the last sound to the close of the first turn. */
    private static Duration closedAfter(CallTimeline call) {
        var milestones = call.told(TurnMeasured.class).getFirst().latency().milestones();
        long end = milestones.getOrDefault(Milestone.SPEECH_END, 0L);
        return Duration.ofNanos(milestones.getOrDefault(Milestone.TURN_CLOSED, 0L) - end);
    }

    private static Duration closedAfter(String words, ScriptedTurnModel model) {
        return closedAfter(says(words, model).run(Duration.ofSeconds(8)));
    }

    @Test
    void an_open_end_that_sounds_complete_is_closed_like_a_sentence() {
        assertThat(closedAfter(
                        "tomorrow afternoon please", ScriptedTurnModel.create().thinks(0.9f, ms(40))))
                .isEqualTo(ms(150));
    }

    @Test
    void an_open_end_without_an_opinion_is_closed_as_without_a_model() {
        CallTimeline without = ScriptedCall.script()
                .callerSays(ms(500), ms(1500), "tomorrow afternoon please")
                .sttNeeds(ms(60))
                .llmAnswers("All right.", ms(100))
                .ttsSpeaks(15, ms(80))
                .run(Duration.ofSeconds(8));

        assertThat(closedAfter(
                        "tomorrow afternoon please", ScriptedTurnModel.create().thinks(0.5f, ms(40))))
                .isEqualTo(closedAfter(without))
                .isGreaterThanOrEqualTo(ms(400));
    }

    @Test
    void an_open_end_that_sounds_incomplete_is_given_time() {
        assertThat(closedAfter("tomorrow afternoon", ScriptedTurnModel.create().thinks(0.1f, ms(40))))
                .isEqualTo(ms(2500));
    }

    @Test
    void a_sentence_that_sounds_incomplete_is_given_time() {
        assertThat(closedAfter(
                        "I need an appointment.", ScriptedTurnModel.create().thinks(0.1f, ms(40))))
                .isEqualTo(ms(2500));
    }

    @Test
    void half_a_phrase_is_not_cut_however_complete_it_sounds() {
        assertThat(closedAfter(
                        "I want to come with my", ScriptedTurnModel.create().thinks(0.99f, ms(40))))
                .isEqualTo(ms(2500));
    }

    @Test
    void a_caller_who_goes_on_after_an_incomplete_sound_is_not_cut() {
        ScriptedTurnModel model =
                ScriptedTurnModel.create().thinks(0.1f, ms(40)).thinks(0.9f, ms(40));
        CallTimeline call = ScriptedCall.script()
                .callerSays(ms(500), ms(1500), "I need an appointment.")
                .callerSays(ms(2600), ms(3400), "On Friday.")
                .sttNeeds(ms(60))
                .endOfTurnModel(model)
                .llmAnswers("Friday it is.", ms(100))
                .run(Duration.ofSeconds(8));

        assertThat(call.told(UserTurn.class)).hasSize(1);
        assertThat(call.transcript())
                .containsExactly("user: I need an appointment. On Friday.", "assistant: Friday it is.");
        assertThat(closedAfter(call)).isEqualTo(ms(150));
        // With the second pause comes the whole turn from its first word (and 200 ms before it), not the last utterance
        // alone.
        assertThat(model.askedSamples()).hasSize(2);
        assertThat(model.askedSamples().getLast()).isBetween(8 * 2900, 8 * 3250);
    }

    @Test
    void a_slow_model_delays_a_finished_sentence_no_longer_than_its_deadline() {
        // Asked 70 ms after the last sound, waited for 100 ms.
        assertThat(closedAfter(
                        "I need an appointment.", ScriptedTurnModel.create().thinks(0.1f, ms(300))))
                .isEqualTo(ms(170));
    }

    @Test
    void a_model_without_any_wait_delays_nothing() {
        CallTimeline call = says(
                        "I need an appointment.", ScriptedTurnModel.create().thinks(0.1f, ms(300)))
                .settings(TurnSettings.builder()
                        .turnModel(new TurnModelSettings(Duration.ZERO, 0.6, 0.4))
                        .build())
                .run(Duration.ofSeconds(8));

        assertThat(closedAfter(call)).isEqualTo(ms(150));
    }

    @Test
    void an_opinion_that_comes_late_but_in_time_still_counts() {
        assertThat(closedAfter("tomorrow afternoon", ScriptedTurnModel.create().thinks(0.1f, ms(250))))
                .isEqualTo(ms(2500));
    }

    @Test
    void a_model_that_fails_is_as_good_as_none() {
        CallTimeline call = says(
                        "I need an appointment.", ScriptedTurnModel.create().fails(ms(40)))
                .run(Duration.ofSeconds(8));

        assertThat(closedAfter(call)).isEqualTo(ms(150));
        assertThat(call.openWork()).isZero();
    }

    @Test
    void a_model_that_is_late_three_times_in_a_row_is_left_alone() {
        ScriptedTurnModel model = ScriptedTurnModel.create().alwaysThinks(0.9f, ms(400));
        ScriptedCall script = ScriptedCall.script().sttNeeds(ms(60)).endOfTurnModel(model);
        for (int i = 0; i < 5; i++) {
            script.callerSays(ms(500 + 3000L * i), ms(1500 + 3000L * i), "Yes.").llmAnswers("OK.", ms(50));
        }
        CallTimeline call = script.run(Duration.ofSeconds(17));

        assertThat(model.askedSamples()).hasSize(3);
        assertThat(call.told(TurnMeasured.class)).hasSize(5);
    }

    @Test
    void what_sounds_incomplete_is_not_answered_ahead() {
        CallTimeline call = says(
                        "tomorrow afternoon", ScriptedTurnModel.create().thinks(0.1f, ms(20)))
                .run(Duration.ofSeconds(8));

        assertThat(call.told(AnsweredAhead.class)).isEmpty();
    }

    @Test
    void speech_over_the_agent_is_not_shown_to_the_model() {
        ScriptedTurnModel model = ScriptedTurnModel.create().thinks(0.9f, ms(40));
        CallTimeline call = ScriptedCall.script()
                .callerSays(ms(500), ms(1500), "What are the opening hours?")
                .sttNeeds(ms(60))
                .endOfTurnModel(model)
                .llmAnswers("We are open from nine to five on all weekdays and longer on Thursdays.", ms(100))
                .callerSays(ms(3000), ms(3400), "okay")
                .run(Duration.ofSeconds(10));

        assertThat(call.told(UserTurn.class)).hasSize(1);
        assertThat(model.askedSamples()).hasSize(1);
    }

    @ParameterizedTest(name = "{0} ms")
    @ValueSource(longs = {1560, 1580, 1600, 1650, 1700, 1900})
    void a_hang_up_while_the_model_thinks_leaves_nothing_open(long at) {
        ScriptedTurnModel model = ScriptedTurnModel.create().thinks(0.9f, ms(200));
        CallTimeline call =
                says("tomorrow afternoon please", model).callerHangsUp(ms(at)).run(Duration.ofSeconds(6));

        assertThat(call.openWork()).isZero();
        assertThat(call.armedTimers()).isZero();
        assertThat(model.closed()).isTrue();
    }
}
