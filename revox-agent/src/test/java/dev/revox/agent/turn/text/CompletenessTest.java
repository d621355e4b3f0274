package dev.revox.agent.turn.text;

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
                "Thank you!",
                "Tomorrow afternoon at three.",
                "I will be there at 3.",
                "We are two or three people.",
                "at example dot com.",
                "Our website is example dot com.",
                "He said he would rather die.",
                "Call me back on 415 555 0100.",
                "Mon adresse est dana arobase exemple point fr",
                "What is it about?",
                "Das geht leider nicht.",
                "Mañana por la mañana.",
                "Vorrei prenotare un tavolo.",
                "Eu quero marcar uma consulta.",
                "Dat is goed, dank je."
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
                "my mail is dana at example",
                "It is spelled d a n",
                "My phone number is",
                "you can reach me at",
                "The number is four one five.",
                "My number is +1 415",
                "my email is dana at",
                "My email is dana at example.",
                "Je voudrais un rendez-vous pour",
                "Mon numéro est le zéro six",
                "Ich hätte gern einen Termin für die",
                "Meine Nummer ist null eins sieben",
                "Quiero una mesa para",
                "Vorrei un tavolo per",
                "Eu quero uma consulta com o",
                "Ik wil graag een afspraak met de",
                "It is anna dot green",
                "john dot baker",
                "It is about er",
                "Well, um"
            })
    void text_that_stops_in_the_middle_is_incomplete(String text) {
        assertThat(Completeness.of(text)).isEqualTo(Completeness.INCOMPLETE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tomorrow afternoon",
                "yes please",
                "a table for two people",
                "at 3",
                "flight 12",
                "see you at noon",
                "Yes it is.",
                "Ich rufe Sie morgen an."
            })
    void text_without_a_sign_is_neutral(String text) {
        assertThat(Completeness.of(text)).isEqualTo(Completeness.NEUTRAL);
    }
}
