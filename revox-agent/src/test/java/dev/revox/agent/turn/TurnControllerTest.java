package dev.revox.agent.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnControllerTest {

    private static final long MS = 1_000_000L;

    private final TurnController turns = new TurnController(TurnSettings.DEFAULT);

    private void said(long startMs, long endMs, int utterance, String text, long wordsMs) {
        turns.speechStarted(startMs * MS);
        turns.speechEnded(endMs * MS, (endMs + 250) * MS, utterance);
        turns.utterance(utterance, text, wordsMs * MS);
    }

    @Test
    void a_complete_sentence_closes_the_turn_as_soon_as_its_words_are_there() {
        said(0, 1000, 1, "What time is it?", 1400);

        assertThat(turns.decide(1400 * MS))
                .isEqualTo(new TurnDecision.Commit(
                        new TurnDecision.UserTurn("What time is it?", 1000 * MS, 1250 * MS, 1400 * MS),
                        Optional.empty()));
    }

    @Test
    void an_open_end_waits_its_delay_from_the_end_of_speech() {
        said(0, 1000, 1, "tomorrow afternoon", 1260);

        assertThat(turns.decide(1260 * MS)).isEqualTo(new TurnDecision.Speculate("tomorrow afternoon"));
        assertThat(turns.decide(1260 * MS)).isEqualTo(new TurnDecision.Wait(1400 * MS));
        assertThat(turns.decide(1400 * MS)).isInstanceOf(TurnDecision.Commit.class);
    }

    @Test
    void half_a_phrase_waits_up_to_two_and_a_half_seconds() {
        said(0, 1000, 1, "I want to come with my", 1300);

        assertThat(turns.decide(1300 * MS)).isEqualTo(new TurnDecision.Wait(3500 * MS));
    }

    @Test
    void a_caller_who_pauses_long_is_given_more_time() {
        turns.speechStarted(0);
        turns.speechEnded(1000 * MS, 1250 * MS, 1);
        turns.utterance(1, "tomorrow", 1260 * MS);
        turns.speechStarted(1900 * MS);
        turns.speechEnded(2500 * MS, 2750 * MS, 2);
        turns.utterance(2, "afternoon", 2760 * MS);

        assertThat(turns.decide(2760 * MS)).isInstanceOf(TurnDecision.Speculate.class);
        // 400 + 0.3 * (900 * 1.3 - 400)
        assertThat(turns.decide(2760 * MS)).isEqualTo(new TurnDecision.Wait((2500 + 631) * MS));
    }

    @Test
    void a_turn_waits_for_words_that_are_still_owed() {
        turns.speechStarted(0);
        turns.speechEnded(1000 * MS, 1250 * MS, 1);

        assertThat(turns.decide(9000 * MS)).isEqualTo(new TurnDecision.Wait(TurnDecision.NEVER));
    }

    @Test
    void speech_that_nobody_recognised_is_asked_for_again() {
        turns.speechStarted(0);
        turns.speechEnded(1000 * MS, 1250 * MS, 1);
        turns.lost(1, 3250 * MS);

        assertThat(turns.decide(3250 * MS)).isInstanceOf(TurnDecision.AskAgain.class);
        assertThat(turns.decide(3250 * MS)).isInstanceOf(TurnDecision.Wait.class);
    }

    @Test
    void interim_words_stand_in_for_final_ones_that_do_not_come() {
        turns.speechStarted(0);
        turns.interim("what time is it");
        turns.speechEnded(1000 * MS, 1250 * MS, 1);
        turns.lost(1, 3250 * MS);

        assertThat(turns.decide(3250 * MS))
                .isInstanceOfSatisfying(
                        TurnDecision.Commit.class,
                        commit -> assertThat(commit.turn().text()).isEqualTo("what time is it"));
    }

    @Test
    void speech_over_the_agent_holds_it_after_120_ms() {
        turns.floor(Floor.AGENT);
        turns.speechStarted(0);

        assertThat(turns.decide(50 * MS)).isEqualTo(new TurnDecision.Wait(120 * MS));
        assertThat(turns.decide(120 * MS)).isInstanceOf(TurnDecision.Hold.class);
    }

    @Test
    void words_interrupt_a_held_agent() {
        hold();
        turns.interim("wait");

        assertThat(turns.decide(300 * MS)).isInstanceOf(TurnDecision.Interrupt.class);
    }

    @Test
    void an_attention_word_resumes_a_held_agent() {
        hold();
        turns.speechEnded(400 * MS, 650 * MS, 1);
        turns.utterance(1, "Mm-hm.", 800 * MS);

        assertThat(turns.decide(800 * MS)).isInstanceOf(TurnDecision.Resume.class);
        assertThat(turns.decide(800 * MS)).isEqualTo(new TurnDecision.Wait(TurnDecision.NEVER));
    }

    @Test
    void speech_that_goes_on_without_words_interrupts() {
        hold();

        assertThat(turns.decide(121 * MS)).isEqualTo(new TurnDecision.Wait(700 * MS));
        assertThat(turns.decide(700 * MS)).isInstanceOf(TurnDecision.Interrupt.class);
    }

    @Test
    void a_sound_without_words_resumes_within_two_seconds() {
        hold();
        turns.speechEnded(200 * MS, 450 * MS, 1);

        assertThat(turns.decide(450 * MS)).isEqualTo(new TurnDecision.Wait(2120 * MS));
        assertThat(turns.decide(2120 * MS)).isInstanceOf(TurnDecision.Resume.class);
    }

    @Test
    void nothing_interrupts_what_must_be_heard() {
        turns.floor(Floor.AGENT_UNINTERRUPTIBLE);
        turns.speechStarted(0);
        turns.interim("stop stop stop");

        assertThat(turns.decide(Duration.ofSeconds(5).toNanos())).isEqualTo(new TurnDecision.Wait(TurnDecision.NEVER));
    }

    @Test
    void a_held_agent_is_released_when_it_has_nothing_more_to_say() {
        hold();
        turns.floor(Floor.CALLER);

        assertThat(turns.decide(200 * MS)).isInstanceOf(TurnDecision.Resume.class);
    }

    @Test
    void a_turn_is_closed_at_a_pause_when_its_words_look_complete_and_the_voice_detector_agrees() {
        turns.speechStarted(0);
        turns.speechPaused(1, 1000 * MS, 1070 * MS, false);
        assertThat(turns.decide(1070 * MS)).isEqualTo(TurnDecision.WAIT);
        turns.soFar(1, "What time is it?", 1100 * MS);
        assertThat(turns.decide(1100 * MS)).isEqualTo(new TurnDecision.Speculate("What time is it?"));
        assertThat(turns.decide(1160 * MS)).isEqualTo(TurnDecision.WAIT);
        turns.speechPaused(1, 1000 * MS, 1170 * MS, true);

        assertThat(turns.decide(1170 * MS))
                .isEqualTo(new TurnDecision.Commit(
                        new TurnDecision.UserTurn("What time is it?", 1000 * MS, 1170 * MS, 1100 * MS),
                        Optional.of("What time is it?")));
        assertThat(turns.callerActive()).isFalse();
    }

    @Test
    void an_answer_that_was_begun_is_abandoned_when_the_caller_goes_on() {
        turns.speechStarted(0);
        turns.speechPaused(1, 1000 * MS, 1130 * MS, true);
        turns.soFar(1, "tomorrow afternoon", 1140 * MS);
        assertThat(turns.decide(1140 * MS)).isInstanceOf(TurnDecision.Speculate.class);
        assertThat(turns.decide(1140 * MS)).isEqualTo(new TurnDecision.Wait(1400 * MS));
        turns.speechResumed(1300 * MS);

        assertThat(turns.decide(1340 * MS)).isInstanceOf(TurnDecision.Abandon.class);
        assertThat(turns.decide(1400 * MS)).isEqualTo(TurnDecision.WAIT);
        turns.speechPaused(2, 2000 * MS, 2130 * MS, true);
        turns.soFar(2, "tomorrow afternoon at three.", 2150 * MS);
        assertThat(turns.decide(2150 * MS))
                .isInstanceOfSatisfying(
                        TurnDecision.Commit.class,
                        commit -> assertThat(commit.turn().text()).isEqualTo("tomorrow afternoon at three."));
    }

    @Test
    void words_of_an_old_pause_do_not_close_a_turn() {
        turns.speechStarted(0);
        turns.speechPaused(1, 1000 * MS, 1130 * MS, true);
        turns.speechResumed(1200 * MS);
        turns.soFar(1, "What time is it?", 1250 * MS);

        assertThat(turns.decide(5000 * MS)).isEqualTo(TurnDecision.WAIT);
    }

    @Test
    void half_a_phrase_at_a_pause_begins_nothing() {
        turns.speechStarted(0);
        turns.speechPaused(1, 1000 * MS, 1130 * MS, true);
        turns.soFar(1, "I want to come with my", 1140 * MS);

        assertThat(turns.decide(1140 * MS)).isEqualTo(new TurnDecision.Wait(3500 * MS));
    }

    @Test
    void what_recognition_says_later_of_a_turn_that_was_closed_at_a_pause_is_told_only_where_it_differs() {
        closedAtPause("What time is it?");
        turns.interim("what time is it");
        assertThat(turns.utterance(7, "what time is it", 1500 * MS)).isEmpty();
        turns.floor(Floor.AGENT);
        assertThat(turns.decide(1500 * MS)).isEqualTo(TurnDecision.WAIT);
        turns.floor(Floor.CALLER);
        closedAtPause("What dime is it?");
        assertThat(turns.utterance(7, "What time is it?", 1500 * MS)).contains("What dime is it?");
    }

    private void closedAtPause(String text) {
        turns.speechStarted(0);
        turns.speechPaused(1, 1000 * MS, 1130 * MS, true);
        turns.soFar(1, text, 1140 * MS);
        assertThat(turns.decide(1150 * MS)).isInstanceOf(TurnDecision.Commit.class);
        turns.closedAtPause(7, text);
    }

    @Test
    void an_attention_word_at_a_pause_resumes_a_held_agent_at_once() {
        hold();
        turns.speechPaused(1, 300 * MS, 420 * MS, true);
        turns.soFar(1, "Mm-hm.", 450 * MS);

        assertThat(turns.decide(450 * MS)).isInstanceOf(TurnDecision.Resume.class);
        turns.speechEnded(300 * MS, 650 * MS, 1);
        turns.utterance(1, "Mm-hm.", 700 * MS);
        assertThat(turns.decide(700 * MS)).isEqualTo(TurnDecision.WAIT);
    }

    @Test
    void without_preemption_nothing_is_begun_ahead() {
        TurnController patient =
                new TurnController(TurnSettings.builder().preemptive(false).build());
        patient.speechStarted(0);
        patient.speechPaused(1, 1000 * MS, 1130 * MS, true);
        patient.soFar(1, "tomorrow afternoon", 1140 * MS);

        assertThat(patient.decide(1140 * MS)).isEqualTo(new TurnDecision.Wait(1400 * MS));
    }

    private void hold() {
        turns.floor(Floor.AGENT);
        turns.speechStarted(0);
        assertThat(turns.decide(120 * MS)).isInstanceOf(TurnDecision.Hold.class);
    }
}
