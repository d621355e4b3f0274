package dev.revox.testkit.recognise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.revox.testkit.voice.Clip;
import dev.revox.testkit.voice.ClipSet;
import dev.revox.testkit.voice.Sound;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhraseRecogniserTest {

    private static final PhraseRecogniser CALLER = PhraseRecogniser.of(ClipSet.caller());
    private static final PhraseRecogniser AGENT = PhraseRecogniser.of(ClipSet.agent());
    private static final int[] OFF_GRID = {0, 43};

    @ParameterizedTest
    @ValueSource(doubles = {1.4, 0.3, 0.05})
    void every_sentence_is_understood_through_mulaw_at_any_gain(double gain) {
        for (int offset : OFF_GRID) {
            for (Clip clip : ClipSet.caller().clips()) {
                assertThat(CALLER.recognise(TelephoneLine.carry(clip.sound(), gain, offset)))
                        .isEqualTo(clip.text());
            }
            for (Clip clip : ClipSet.agent().clips()) {
                assertThat(AGENT.recognise(TelephoneLine.carry(clip.sound(), gain, offset)))
                        .isEqualTo(clip.text());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16000, 24000, 48000})
    void the_rate_of_the_sound_does_not_matter(int rateHz) {
        for (Clip clip : ClipSet.caller().clips()) {
            Sound carried = TelephoneLine.carry(clip.sound(), 1, 33).at(rateHz);
            assertThat(CALLER.recognise(carried.pcm(), rateHz)).isEqualTo(clip.text());
        }
    }

    @ParameterizedTest
    @CsvSource({"caller,true", "caller,false", "agent,true", "agent,false"})
    void a_word_cut_out_of_the_sound_is_missing_and_no_other(String voice, boolean silenceInItsPlace) {
        ClipSet clips = voice.equals("agent") ? ClipSet.agent() : ClipSet.caller();
        PhraseRecogniser recogniser = voice.equals("agent") ? AGENT : CALLER;
        int cuts = 0;
        int exact = 0;
        int stillThere = 0;
        for (Clip clip : clips.clips()) {
            for (int w = 0; w < clip.words().size() && clip.words().size() > 1; w++) {
                List<String> left = new ArrayList<>();
                clip.words().forEach(word -> left.add(word.text()));
                String removed = left.remove(w);
                Sound cut = without(clip, clip.words().get(w), silenceInItsPlace);
                String heard = recogniser.recognise(TelephoneLine.carry(cut, 1, 43));
                cuts++;
                exact += heard.equals(String.join(" ", left)) ? 1 : 0;
                stillThere += heard.equals(clip.text()) ? 1 : 0;
                assertThat(heard)
                        .as("%s without \"%s\"", clip.text(), removed)
                        .satisfiesAnyOf(
                                text -> assertThat(text).isEmpty(),
                                text -> assertThat(left).containsAll(List.of(text.split(" "))));
            }
        }
        System.out.printf(
                "recogniser, %s, word %s: of %d cuts %d lost exactly that word%n",
                voice, silenceInItsPlace ? "silenced" : "removed", cuts, exact);
        assertThat(stillThere).isZero();
        assertThat(exact).isGreaterThanOrEqualTo((int) (cuts * 0.97));
    }

    private static Sound without(Clip clip, Clip.Word word, boolean silenceInItsPlace) {
        int gapMs = silenceInItsPlace ? word.endMs() - word.startMs() : 0;
        return clip.sound()
                .slice(0, word.startMs())
                .then(Sound.silence(gapMs, clip.sound().rateHz()))
                .then(clip.sound().slice(word.endMs(), clip.sound().durationMs()));
    }

    @Test
    void one_lost_packet_in_fifteen_costs_no_word() {
        for (Clip clip : ClipSet.caller().clips()) {
            Sound carried = TelephoneLine.losing(TelephoneLine.carry(clip.sound(), 1, 0), 15);
            assertThat(CALLER.recognise(carried)).isEqualTo(clip.text());
        }
    }

    @Test
    void the_other_voice_is_not_understood() {
        for (Clip clip : ClipSet.agent().clips()) {
            assertThat(CALLER.recognise(TelephoneLine.carry(clip.sound(), 1, 7)))
                    .as(clip.text())
                    .isEmpty();
        }
        for (Clip clip : ClipSet.caller().clips()) {
            assertThat(AGENT.recognise(TelephoneLine.carry(clip.sound(), 1, 7)))
                    .as(clip.text())
                    .isEmpty();
        }
    }

    @Test
    void noise_a_tone_silence_and_nothing_are_not_words() {
        Random random = new Random(4);
        short[] noise = new short[16000];
        short[] tone = new short[16000];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (short) (random.nextGaussian() * 3000);
            tone[i] = (short) (8000 * Math.sin(2 * Math.PI * 440 * i / 8000));
        }
        assertThat(CALLER.recognise(noise, 8000)).isEmpty();
        assertThat(CALLER.recognise(tone, 8000)).isEmpty();
        assertThat(CALLER.recognise(new short[8000], 8000)).isEmpty();
        assertThat(CALLER.recognise(new short[0], 8000)).isEmpty();
    }

    @Test
    void two_sentences_in_one_sound_are_both_written_down() {
        Sound first =
                ClipSet.caller().sentence("yes this is dana").orElseThrow().sound();
        Sound second = ClipSet.caller()
                .sentence("could you repeat that please")
                .orElseThrow()
                .sound();
        Sound both = first.then(Sound.silence(400, 8000)).then(second);
        assertThat(CALLER.recognise(TelephoneLine.carry(both, 1, 5)))
                .isEqualTo("Yes this is Dana. Could you repeat that please?");
    }

    @Test
    void a_sentence_that_stops_in_the_middle_is_understood_up_to_there() {
        Clip clip = ClipSet.agent()
                .sentence("Please bring your insurance card and a list of the medicine that you take, and come"
                        + " fifteen minutes early so that we can fill in the forms together.")
                .orElseThrow();
        Sound begun = clip.sound().slice(0, clip.words().get(9).endMs() + 60);
        assertThat(AGENT.recognise(TelephoneLine.carry(begun, 1, 5)))
                .isEqualTo("Please bring your insurance card and a list of the");
    }

    @Test
    void real_speech_of_strangers_is_not_taken_for_ours() {
        String data = System.getenv("REVOX_TESTDATA");
        assumeTrue(data != null, "REVOX_TESTDATA names no folder with audio/speech-8k.wav");
        Path wav = Path.of(data, "audio", "speech-8k.wav");
        assumeTrue(Files.exists(wav), "no file audio/speech-8k.wav in REVOX_TESTDATA");
        Sound stranger = Sound.read(wav, 0).slice(0, 20_000);
        assertThat(PhraseRecogniser.of(ClipSet.caller(), ClipSet.agent()).recognise(stranger))
                .isEmpty();
    }
}
