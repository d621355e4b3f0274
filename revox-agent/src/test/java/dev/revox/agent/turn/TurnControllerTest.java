package dev.revox.agent.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
                        new TurnDecision.UserTurn("What time is it?", 1000 * MS, 1250 * MS, 1400 * MS)));
    }

    @Test
    void an_open_end_waits_its_delay_from_the_end_of_speech() {
        said(0, 1000, 1, "tomorrow afternoon", 1260);

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

    private void hold() {
        turns.floor(Floor.AGENT);
        turns.speechStarted(0);
        assertThat(turns.decide(120 * MS)).isInstanceOf(TurnDecision.Hold.class);
    }
}
