package dev.revox.audio.tone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.tone.pattern.TonePattern;
import dev.revox.audio.tone.pattern.ToneSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our receiver of digits beside multimon-ng, an independent one: what it makes out of our sound, and both out of bad sound. */
final class MultimonComparisonTest {

    private static final String DIGITS = "1234567890*#ABCD31415926535*897#";
    private static final int THEIR_RATE_HZ = 22_050;

    @TempDir
    private Path folder;

    private String multimon(short[] pcm) throws Exception {
        ByteBuffer bytes = ByteBuffer.allocate(2 * pcm.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(pcm);
        Path raw = folder.resolve("digits.raw");
        Files.write(raw, bytes.array());
        Process process;
        try {
            process = new ProcessBuilder("multimon-ng", "-q", "-a", "DTMF", "-t", "raw", raw.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException absent) {
            Assumptions.abort("needs multimon-ng");
            return "";
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        StringBuilder digits = new StringBuilder();
        Pattern.compile("DTMF: (.)").matcher(output).results().forEach(line -> digits.append(line.group(1)));
        return digits.toString();
    }

    private static String ours(short[] pcm) {
        StringBuilder digits = new StringBuilder();
        DtmfDetector detector = new DtmfDetector((digit, ms) -> digits.append(digit));
        detector.accept(pcm, 0, pcm.length);
        return digits.toString();
    }

    private static short[] sound(int rateHz, double twistDb, double noiseRms, long seed) {
        TonePattern all = TonePattern.silence(100);
        for (int i = 0; i < DIGITS.length(); i++) {
            all = all.then(Tones.digit(DIGITS.charAt(i), 100, -15, twistDb)).then(TonePattern.silence(100));
        }
        short[] pcm = ToneSource.sound(all, rateHz, 100 + 200 * DIGITS.length());
        Random random = new Random(seed);
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] += (short) Math.round(noiseRms * random.nextGaussian());
        }
        return pcm;
    }

    @Test
    void an_independent_receiver_understands_the_digits_we_send() throws Exception {
        assertThat(multimon(sound(THEIR_RATE_HZ, -2, 0, 1))).isEqualTo(DIGITS);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 400", "0, 900", "4, 400", "-3, 400"})
    void both_receivers_find_the_same_digits_in_noise_and_twist(double twistDb, double noiseRms) throws Exception {
        assertThat(ours(sound(8000, twistDb, noiseRms, 7)))
                .isEqualTo(DIGITS)
                .isEqualTo(multimon(sound(THEIR_RATE_HZ, twistDb, noiseRms, 7)));
    }
}
