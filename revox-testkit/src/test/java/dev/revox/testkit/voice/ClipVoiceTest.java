package dev.revox.testkit.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.revox.testkit.recognise.PhraseRecogniser;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipVoiceTest {

    private static final ClipVoice ADA = ClipVoice.of(ClipSet.agent());
    private static final PhraseRecogniser EAR = PhraseRecogniser.of(ClipSet.agent());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hi Dana! This is Ada from the Riverside Clinic.",
                "Of course. I have moved your appointment to eleven tomorrow. Is there anything else?"
            })
    void a_text_of_several_sentences_is_said_as_it_is_written(String text) {
        assertThat(EAR.recognise(ADA.speak(text, 24000), 24000)).isEqualTo(text);
    }

    @Test
    void a_piece_of_a_sentence_is_cut_out_of_its_clip() {
        Sound whole = ADA.say("Yes, you can park for free behind the building.", 8000);
        Sound first = ADA.say("yes", 8000);
        Sound rest = ADA.say("you can park for free behind the building", 8000);
        assertThat(first.durationMs() + rest.durationMs()).isCloseTo(whole.durationMs(), within(20));
    }

    @Test
    void case_and_punctuation_do_not_matter() {
        assertThat(ADA.speak("ONE MOMENT please", 8000)).isEqualTo(ADA.speak("One moment, please!", 8000));
    }

    @Test
    void a_text_without_words_is_no_sound() {
        assertThat(ADA.speak(" ... ", 8000)).isEmpty();
    }

    @Test
    void an_unknown_word_says_what_to_do() {
        assertThatThrownBy(() -> ADA.speak("Hello zebra", 8000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("zebra")
                .hasMessageContaining("phrases.txt");
    }

    @Test
    void all_clips_are_speech_and_their_words_lie_in_them() {
        for (ClipSet set : new ClipSet[] {ClipSet.agent(), ClipSet.caller()}) {
            assertThat(set.clips()).hasSizeGreaterThan(9).allSatisfy(clip -> {
                int at = 0;
                for (Clip.Word word : clip.words()) {
                    assertThat(word.startMs()).isGreaterThanOrEqualTo(at);
                    assertThat(word.endMs()).isGreaterThan(word.startMs());
                    at = word.endMs();
                }
                assertThat(at).isLessThanOrEqualTo(clip.sound().durationMs() + 1);
            });
        }
    }

    @Test
    void a_sound_survives_its_file(@TempDir Path folder) {
        Sound sound = ADA.say("One moment please", 16000);
        Path wav = folder.resolve("moment.wav");
        sound.write(wav);
        assertThat(Sound.read(wav, 0).pcm()).isEqualTo(sound.pcm());
        assertThat(Sound.read(wav, 0).rateHz()).isEqualTo(16000);
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 11025, 22050, 48000})
    void a_tone_keeps_its_level_at_another_rate(int rateHz) {
        short[] tone = new short[16000];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = (short) (10000 * Math.sin(2 * Math.PI * 1000 * i / 16000));
        }
        assertThat(rms(new Sound(tone, 16000).at(rateHz))).isCloseTo(7071, within(150.0));
    }

    private static double rms(Sound sound) {
        double sum = 0;
        int from = sound.rateHz() / 10;
        int to = sound.pcm().length - from;
        for (int i = from; i < to; i++) {
            sum += (double) sound.pcm()[i] * sound.pcm()[i];
        }
        return Math.sqrt(sum / (to - from));
    }
}
