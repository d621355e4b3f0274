package dev.revox.agent.tts.openai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClausesTest {

    private final Clauses clauses = new Clauses();

    @Test
    void a_clause_is_complete_when_a_speaker_would_breathe() {
        assertThat(clauses.add("Hello Dana! How ")).containsExactly("Hello Dana!");
        assertThat(clauses.add("are you?")).containsExactly("How are you?");
        assertThat(clauses.rest()).isEmpty();
    }

    @Test
    void numbers_and_short_abbreviations_are_not_cut() {
        assertThat(clauses.add("It costs 3.50 at Dr. Smith.")).containsExactly("It costs 3.50 at Dr.", "Smith.");
        assertThat(clauses.add("Dr. Smith is here.")).containsExactly("Dr. Smith is here.");
    }

    @Test
    void what_cannot_be_spoken_is_left_out() {
        assertThat(clauses.add("...... \n")).isEmpty();
        assertThat(clauses.add(" - ")).isEmpty();
        assertThat(clauses.rest()).isEmpty();
    }

    @Test
    void the_rest_is_what_had_no_end() {
        assertThat(clauses.add("Well then. And so")).containsExactly("Well then.");
        assertThat(clauses.rest()).isEqualTo("And so");
    }
}
