package dev.revox.agent.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The turn controller with an end-of-turn model at its side. */
class TurnModelTest {

    private static final long MS = 1_000_000L;

    private final TurnController turns =
            new TurnController(TurnSettings.builder().preemptive(false).build());

    /** Speech up to 1000 ms whose words are in hand at a confirmed pause. */
    private void paused(String text) {
        turns.speechStarted(0);
        turns.speechPaused(1, 1000 * MS, 1070 * MS, false);
        turns.speechPaused(1, 1000 * MS, 1120 * MS, true);
        turns.soFar(1, text, 1120 * MS);
    }

    @ParameterizedTest
    @CsvSource({
        "tomorrow, 1, 1150",
        "tomorrow, 0.6, 1150",
        "tomorrow, 0.59, 1400",
        "tomorrow, 0.41, 1400",
        "tomorrow, 0.4, 3500",
        "Tomorrow., 0.5, 1150",
        "Tomorrow., 0, 3500",
        "with my, 1, 3500",
        "with my, 0.5, 3500"
    })
    void whoever_doubts_is_right_else_whoever_is_sure(String text, double probability, long dueMs) {
        paused(text);
        turns.modelAsked(1170 * MS);
        turns.modelAnswered(probability);

        assertThat(turns.decide(1121 * MS)).isEqualTo(new TurnDecision.Wait(dueMs * MS));
        assertThat(turns.decide(dueMs * MS)).isInstanceOf(TurnDecision.Commit.class);
    }

    @Test
    void an_answer_is_waited_for_until_its_deadline_and_not_a_moment_longer() {
        paused("Tomorrow.");
        turns.modelAsked(1170 * MS);

        assertThat(turns.decide(1160 * MS)).isEqualTo(new TurnDecision.Wait(1170 * MS));
        assertThat(turns.decide(1170 * MS)).isInstanceOf(TurnDecision.Commit.class);
    }

    @Test
    void a_failure_ends_the_wait() {
        paused("Tomorrow.");
        turns.modelAsked(1170 * MS);
        turns.modelFailed();

        assertThat(turns.decide(1150 * MS)).isInstanceOf(TurnDecision.Commit.class);
    }

    @Test
    void an_opinion_does_not_outlive_the_next_sound() {
        paused("Tomorrow.");
        turns.modelAsked(1170 * MS);
        turns.modelAnswered(0);
        turns.speechResumed(1300 * MS);
        turns.speechPaused(2, 2000 * MS, 2120 * MS, true);
        turns.soFar(2, "Tomorrow. At three.", 2120 * MS);

        assertThat(turns.decide(2121 * MS)).isEqualTo(new TurnDecision.Wait(2150 * MS));
    }

    @Test
    void an_opinion_at_a_pause_holds_when_the_pause_turns_out_to_be_the_end() {
        turns.speechStarted(0);
        turns.speechPaused(1, 1000 * MS, 1070 * MS, false);
        turns.modelAsked(1170 * MS);
        turns.modelAnswered(0.1);
        turns.speechEnded(1000 * MS, 1350 * MS, 1);
        turns.utterance(1, "Tomorrow.", 1360 * MS);

        assertThat(turns.decide(1360 * MS)).isEqualTo(new TurnDecision.Wait(3500 * MS));
    }

    @Test
    void trust_that_makes_no_sense_is_refused() {
        assertThatThrownBy(() -> new TurnModelSettings(Duration.ofMillis(-1), 0.6, 0.4))
                .hasMessageContaining("longestWait");
        assertThatThrownBy(() -> new TurnModelSettings(Duration.ofMillis(1), 0.4, 0.6))
                .hasMessageContaining("incompleteUpTo");
        assertThatThrownBy(() -> new TurnModelSettings(Duration.ofMillis(1), Double.NaN, 0.4))
                .hasMessageContaining("completeFrom");
    }
}
