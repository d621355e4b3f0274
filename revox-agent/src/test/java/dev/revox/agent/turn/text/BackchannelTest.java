package dev.revox.agent.turn.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackchannelTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"mm-hm", "Okay.", "I see", "yeah, right", "mm-hm, okay", "Ach so!", "va bene", "I", "got", "Ach"
            })
    void attention_and_what_may_become_it_want_no_floor(String text) {
        assertThat(Backchannel.attention(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "I see a problem", "I need", "got a question", "okay but", "wait", "", "no"})
    void anything_else_may_be_an_interruption(String text) {
        assertThat(Backchannel.attention(text)).isFalse();
    }
}
