package dev.revox.agent.tts.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.agent.tts.TextToSpeech.WordTiming;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordAssemblerTest {

    private final WordAssembler words = new WordAssembler();

    @Test
    void a_word_may_begin_in_one_message_and_end_in_the_next() {
        assertThat(words.add(
                        List.of("H", "i", " ", "y"), new double[] {0, 10, 20, 30}, new double[] {10, 10, 10, 10}, 0))
                .containsExactly(new WordTiming("Hi", 0, 20_000));
        assertThat(words.add(List.of("o", "u", " "), new double[] {0, 10, 20}, new double[] {10, 10, 10}, 40_000))
                .containsExactly(new WordTiming("you", 30_000, 60_000));
        assertThat(words.rest()).isEmpty();
    }

    @Test
    void the_last_word_needs_no_space() {
        assertThat(words.add(List.of("o", "k"), new double[] {5, 10}, new double[] {5, 5}, 1000))
                .isEmpty();
        assertThat(words.rest()).containsExactly(new WordTiming("ok", 6000, 16_000));
    }
}
