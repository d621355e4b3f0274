package dev.revox.audio.codec.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.revox.audio.speech.Allocation;
import dev.revox.audio.speech.Speech;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** R06: RFC 3389. */
class ComfortNoiseTest {

    private final ComfortNoise noise = new ComfortNoise();
    private final short[] out = new short[80_000];

    private double decibelsBelowOverload() {
        noise.fill(out, 0, out.length);
        return -20 * Math.log10(Speech.rms(out, 0, out.length) / 32_768);
    }

    /** How like its neighbour each sample is, -1..1. */
    private double correlation() {
        double product = 0;
        double power = 1;
        for (int i = 1; i < out.length; i++) {
            product += (double) out[i] * out[i - 1];
            power += (double) out[i] * out[i];
        }
        return product / power;
    }

    @Test
    void r06_a_payload_of_one_byte_is_white_noise_at_its_level() {
        for (int level : new int[] {20, 40, 60}) {
            assertThat(noise.describe(new byte[] {(byte) level}, 0, 1)).isTrue();
            assertThat(decibelsBelowOverload()).isCloseTo(level, within(0.5));
            assertThat(correlation()).isCloseTo(0, within(0.02));
        }
    }

    @Test
    void r06_reflection_coefficients_colour_it_and_leave_its_level() {
        // (13 - 127) * 258 / 32768 = -0.8976, the correlation of neighbours being its inverse.
        assertThat(noise.describe(new byte[] {30, 13}, 0, 2)).isTrue();
        assertThat(decibelsBelowOverload()).isCloseTo(30, within(0.7));
        assertThat(correlation()).isCloseTo(0.8976, within(0.02));
        assertThat(noise.describe(new byte[] {30, (byte) 241}, 0, 2)).isTrue();
        assertThat(decibelsBelowOverload()).isCloseTo(30, within(0.7));
        assertThat(correlation()).isCloseTo(-0.8976, within(0.02));
    }

    @Test
    void r06_any_payload_is_stable_and_an_empty_one_changes_nothing() {
        Random random = new Random(20_261_128);
        for (int round = 0; round < 2000; round++) {
            byte[] payload = new byte[random.nextInt(30)];
            random.nextBytes(payload);
            assertThat(noise.describe(payload, 0, payload.length)).isEqualTo(payload.length > 0);
            noise.fill(out, 0, 160);
        }
        assertThat(noise.describe(new byte[] {50}, 0, 1)).isTrue();
        assertThat(noise.describe(new byte[0], 0, 0)).isFalse();
        assertThat(decibelsBelowOverload()).isCloseTo(50, within(0.5));
    }

    @Test
    void without_a_description_it_is_as_loud_as_the_quietest_sound_heard() {
        short[] background = Speech.noise(8000, 80, 5);
        short[] speech = Speech.vowel(8000, 8000, 120, 6000);
        for (int at = 0; at < 8000; at += 160) {
            noise.listen(background, at, 160);
        }
        for (int at = 0; at < 8000; at += 160) {
            noise.listen(speech, at, 160);
        }
        noise.fill(out, 0, 8000);
        assertThat(Speech.rms(out, 0, 8000)).isBetween(60.0, 130.0);
    }

    @Test
    void nothing_is_allocated() {
        byte[] payload = {40, 100, 110, 120};
        long bytes = Allocation.ofRounds(50_000, () -> {
            boolean unused = noise.describe(payload, 0, payload.length);
            noise.listen(out, 0, 160);
            noise.fill(out, 0, 160);
            noise.mix(out, 0, 160, 0, 1);
        });
        assertThat(bytes).isZero();
    }
}
