package dev.revox.audio.tone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.resample.Resampler;
import dev.revox.audio.speech.Listening;
import dev.revox.audio.speech.Speech;
import dev.revox.audio.wav.WavFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R09: talk-off. Speech is neither a key nor a beep, whoever speaks. */
final class TalkOffTest {

    private static final String TEXT =
            "Good morning, this is Dana from the dentist, calling to confirm your appointment on Tuesday the fourteenth at half "
                    + "past nine. Please press one to confirm, two to change, or three to speak with somebody. We see you need "
                    + "two fifteen, fifty, twelve and nineteen. Whee, who, you, sheep, weep, ooh, eeh, aah, mmm, bring the ring, "
                    + "doing, being, going home alone. Il etait une fois une marchande de foie. Zwei Hühner sitzen im Grünen.";

    private static short[] at8kHz(WavFile file) {
        short[] pcm = file.samples()[0];
        if (file.sampleRateHz() == 8000) {
            return pcm;
        }
        Resampler resampler = new Resampler(file.sampleRateHz(), 8000, 960);
        short[] converted = new short[resampler.maxOut(pcm.length) + pcm.length / 960 + 1];
        int written = 0;
        for (int at = 0; at < pcm.length; at += 960) {
            written += resampler.process(pcm, at, Math.min(960, pcm.length - at), converted, written);
        }
        return Arrays.copyOf(converted, written);
    }

    private static short[] scaled(short[] pcm, double gain) {
        short[] louder = new short[pcm.length];
        for (int i = 0; i < pcm.length; i++) {
            louder[i] = (short) Math.clamp(Math.round(pcm[i] * gain), -32768, 32767);
        }
        return louder;
    }

    @Test
    void r09_recorded_speech_is_never_a_key_nor_a_beep() throws IOException {
        Path folder = Path.of(Speech.setting("REVOX_TESTDATA"), "audio");
        Assumptions.assumeTrue(Files.isDirectory(folder), "needs REVOX_TESTDATA with audio/*.wav, recorded speech");
        int seconds = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".wav")).toList()) {
                short[] pcm = at8kHz(WavFile.read(file));
                seconds += pcm.length / 8000;
                for (double gain : new double[] {1, 0.3, 3}) {
                    assertThat(Listening.to(scaled(pcm, gain)))
                            .as(file.getFileName() + " x " + gain)
                            .isEmpty();
                }
            }
        }
        assertThat(seconds).isGreaterThan(60);
    }

    @ParameterizedTest
    @CsvSource({
        "en-us, 130, 30", "en-gb+f3, 150, 50", "de, 160, 40", "fr+f2, 170, 60", "es, 140, 70", "it+f4, 180, 45",
        "en+whisper, 150, 50", "en+croak, 150, 50", "pt, 170, 55", "en+m7, 150, 80", "en+f5, 120, 99", "pl, 165, 20"
    })
    void r09_synthetic_speech_is_never_a_key_nor_a_beep(String voice, int wordsAMinute, int pitch, @TempDir Path folder)
            throws Exception {
        Path wav = folder.resolve("speech.wav");
        int exit;
        try {
            exit = new ProcessBuilder(
                            "espeak-ng",
                            "-v",
                            voice,
                            "-s",
                            String.valueOf(wordsAMinute),
                            "-p",
                            String.valueOf(pitch),
                            "-w",
                            wav.toString(),
                            TEXT)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException absent) {
            exit = -1;
        }
        Assumptions.assumeTrue(exit == 0, "needs espeak-ng");
        short[] pcm = slowTo8kHz(WavFile.read(wav));
        assertThat(pcm.length).isGreaterThan(8000 * 15);
        assertThat(Listening.to(pcm)).isEmpty();
    }

    /** espeak-ng speaks at 22.05 kHz; a straight line between samples is good enough for a telephone. */
    private static short[] slowTo8kHz(WavFile file) {
        short[] in = file.samples()[0];
        short[] out = new short[(int) ((in.length - 1) * 8000L / file.sampleRateHz())];
        for (int i = 0; i < out.length; i++) {
            double at = (double) i * file.sampleRateHz() / 8000;
            int left = (int) at;
            out[i] = (short) Math.round(in[left] + (at - left) * (in[left + 1] - in[left]));
        }
        return out;
    }
}
