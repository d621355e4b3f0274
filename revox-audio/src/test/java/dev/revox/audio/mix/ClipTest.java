package dev.revox.audio.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.assistant.sound.ThinkingSound;
import dev.revox.audio.speech.Listening;
import dev.revox.audio.speech.Speech;
import dev.revox.audio.wav.WavWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ClipTest {

    static Stream<String> names() {
        return Stream.concat(
                Stream.of("audio/office.ogg"),
                Arrays.stream(ThinkingSound.values()).map(ThinkingSound::wireName));
    }

    private static Clip made(String name) {
        return Recipes.of(name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void every_clip_of_the_api_page_is_there_and_the_same_every_time(String name) {
        short[] once = made(name).at(16_000);
        assertThat(once.length).isBetween(10 * 16_000, 30 * 16_000);
        assertThat(made(name).at(16_000)).isEqualTo(once);
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_clip_is_well_below_speech_and_never_near_the_end_of_the_range(String name) {
        for (int rateHz : new int[] {8000, 16_000}) {
            short[] pcm = made(name).at(rateHz);
            assertThat(Speech.rms(pcm, 0, pcm.length)).isBetween(300.0, 1700.0);
            for (short sample : pcm) {
                assertThat(Math.abs(sample)).isLessThan(16_000);
            }
        }
    }

    /** Where the end meets the beginning the sound bends no more than it does elsewhere. */
    @ParameterizedTest
    @MethodSource("names")
    void a_clip_goes_round_without_a_click(String name) {
        for (int rateHz : new int[] {8000, 16_000}) {
            short[] pcm = made(name).at(rateHz);
            int length = pcm.length;
            int[] bends = new int[length];
            for (int i = 0; i < length; i++) {
                bends[i] = Math.abs(pcm[i] - 2 * pcm[(i + 1) % length] + pcm[(i + 2) % length]);
            }
            int seam = Math.max(bends[length - 1], bends[length - 2]);
            Arrays.sort(bends);
            assertThat(seam).isLessThanOrEqualTo(Math.max(bends[(int) (length * 0.999)], 40));
        }
    }

    @Test
    void clips_differ() {
        assertThat(names().map(ClipTest::made).map(clip -> Arrays.hashCode(clip.at(8000))))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("names")
    void no_clip_is_taken_for_a_key_or_a_tone(String name) {
        assertThat(Listening.to(made(name).at(8000))).isEmpty();
    }

    @Test
    void a_host_brings_its_own_clip_whose_end_is_blended_into_its_beginning(@TempDir Path folder) throws Exception {
        Path wav = folder.resolve("own.wav");
        short[] noise = Speech.noise(24_000 * 3, 3000, 9);
        ByteBuffer bytes = ByteBuffer.allocate(2 * noise.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(noise);
        try (WavWriter writer = WavWriter.create(wav, 24_000, 1)) {
            writer.append(bytes);
        }
        ClipLibrary library = new ClipLibrary(Map.of("audio/rain.ogg", wav));
        Clip clip = library.find("audio/rain.ogg").join();
        assertThat(clip.at(16_000).length).isBetween(16_000 * 5 / 2, 16_000 * 3);
        assertThat(clip.at(8000)).hasSize(clip.at(16_000).length / 2);
        assertThat(library.find("audio/rain.ogg").join()).isSameAs(clip);
    }

    @Test
    void an_unknown_name_and_a_missing_file_fail_and_say_so() {
        ClipLibrary library = new ClipLibrary(Map.of("lost", Path.of("absent.wav")));
        assertThatThrownBy(() -> library.find("nothing.ogg").join()).hasMessageContaining("nothing.ogg");
        assertThatThrownBy(() -> library.find("lost").join())
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("absent.wav");
    }
}
