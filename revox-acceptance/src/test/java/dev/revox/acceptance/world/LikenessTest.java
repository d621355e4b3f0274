package dev.revox.acceptance.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.revox.testkit.voice.ClipSet;
import dev.revox.testkit.voice.Sound;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LikenessTest {

    private static final Sound QUESTION = clip("Is there any parking near the clinic?");
    private static final Sound OTHER = clip("Please call me back on Friday afternoon.");

    private static Sound clip(String text) {
        return ClipSet.caller().sentence(text).orElseThrow().sound();
    }

    private static Sound changed(Sound sound, double factor) {
        short[] pcm = new short[sound.pcm().length];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) Math.round(sound.pcm()[i] * factor);
        }
        return new Sound(pcm, sound.rateHz());
    }

    @Test
    void what_was_recorded_as_it_is_is_found_where_it_is_with_its_level() {
        Sound recording = Sound.silence(1230, QUESTION.rateHz())
                .then(changed(QUESTION, 0.5))
                .then(Sound.silence(700, QUESTION.rateHz()));

        Likeness likeness = Likeness.of(QUESTION, recording);

        assertThat(likeness.correlation()).isGreaterThan(0.99);
        assertThat(likeness.envelope()).isGreaterThan(0.99);
        assertThat(likeness.levelDb()).isCloseTo(-6.0, within(0.3));
        assertThat(likeness.atMs()).isCloseTo(1230, within(20));
    }

    @Test
    void some_milliseconds_that_a_buffer_dropped_between_do_no_harm() {
        Sound recording =
                QUESTION.slice(0, 900).then(QUESTION.slice(930, 5000)).then(Sound.silence(500, QUESTION.rateHz()));

        assertThat(Likeness.of(QUESTION, recording).correlation()).isGreaterThan(0.9);
    }

    @Test
    void other_words_of_the_same_voice_and_noise_are_not_like_it() {
        assertThat(Likeness.of(QUESTION, OTHER).correlation()).isLessThan(0.6);
        SplittableRandom random = new SplittableRandom(7);
        short[] noise = new short[3 * 8000];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (short) random.nextInt(-9000, 9000);
        }
        assertThat(Likeness.of(QUESTION, new Sound(noise, 8000)).correlation()).isLessThan(0.3);
        assertThat(Likeness.of(QUESTION, Sound.silence(4000, 8000)).correlation())
                .isZero();
    }

    @Test
    void a_piece_that_cannot_be_there_is_said_so() {
        assertThatThrownBy(() -> Likeness.of(QUESTION, Sound.silence(500, 8000)))
                .hasMessageContaining("cannot be found");
    }
}
