package dev.revox.agent.turn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletenessTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Yes, that works.",
                "What time is it?",
                "It costs 1250 euros.",
                "My mail is dana dot smith at example dot com",
                "dana@example.com",
                "Thank you!"
            })
    void finished_sentences_and_addresses_are_complete(String text) {
        assertThat(Completeness.of(text)).isEqualTo(Completeness.COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I would like to come with my",
                "Yes, but",
                "Ich komme und",
                "I wonder if...",
                "My number is 555",
                "It is 555 123",
                "five five five",
                "dana dot smith at",
                "dana@",
                "dana at example",
                "It is spelled d a n"
            })
    void text_that_stops_in_the_middle_is_incomplete(String text) {
        assertThat(Completeness.of(text)).isEqualTo(Completeness.INCOMPLETE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tomorrow afternoon", "yes please"})
    void text_without_a_sign_is_neutral(String text) {
        assertThat(Completeness.of(text)).isEqualTo(Completeness.NEUTRAL);
    }
}
