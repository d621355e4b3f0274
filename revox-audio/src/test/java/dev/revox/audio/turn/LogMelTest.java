package dev.revox.audio.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.revox.audio.speech.Allocation;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against numbers worked out with another program, and against the definition written down plainly. */
class LogMelTest {

    private static final int RATE_HZ = 16_000;

    private final LogMel features = new LogMel();
    private final FloatBuffer out = FloatBuffer.allocate(LogMel.BANDS * LogMel.FRAMES);

    /** Three seconds: 440 Hz that swells and a steady 2750 Hz. */
    private static short[] tones() {
        short[] pcm = new short[3 * RATE_HZ];
        for (int n = 0; n < pcm.length; n++) {
            pcm[n] = (short) Math.rint(6000 * Math.sin(2 * Math.PI * 440 * n / RATE_HZ) * n / pcm.length
                    + 1500 * Math.sin(2 * Math.PI * 2750 * n / RATE_HZ));
        }
        return pcm;
    }

    private float at(int band, int frame) {
        return out.get(band * LogMel.FRAMES + frame);
    }

    @ParameterizedTest(name = "band {0} frame {1}")
    @CsvSource({
        "0, 0, -0.130367",
        "79, 0, -0.130367",
        "10, 499, 0.036446",
        "10, 500, 0.585614",
        "10, 501, 0.562996",
        "10, 650, 1.631108",
        "11, 799, 1.867818",
        "46, 799, 0.008225",
        "40, 750, -0.130367"
    })
    void tones_give_the_features_that_numpy_works_out_in_double_precision(int band, int frame, float expected) {
        features.write(tones(), 3 * RATE_HZ, out);

        assertThat(at(band, frame)).isEqualTo(expected, within(2e-4f));
    }

    @ParameterizedTest(name = "{0} samples")
    @ValueSource(ints = {0, 399, 40_123, 127_601})
    void noise_of_any_length_gives_what_the_definition_says(int samples) {
        short[] pcm = new short[samples];
        Random random = new Random(samples);
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) (random.nextGaussian() * 900 + 40);
        }
        features.write(pcm, samples, out);

        int[] frames = {0, 1, 2, 3, 399, 549, 550, 767, 768, 769, 770, 798, 799};
        PlainLogMel plain = new PlainLogMel(pcm);
        for (int frame : frames) {
            for (int band = 0; band < LogMel.BANDS; band += 3) {
                assertThat(at(band, frame))
                        .as("band %d frame %d", band, frame)
                        .isEqualTo((float) plain.at(band, frame), within(2e-3f));
            }
        }
    }

    @Test
    void of_longer_sound_only_the_last_eight_seconds_count() {
        short[] longer = new short[10 * RATE_HZ];
        Random random = new Random(5);
        for (int i = 0; i < longer.length; i++) {
            longer[i] = (short) (random.nextGaussian() * 2000);
        }
        short[] end = Arrays.copyOfRange(longer, 2 * RATE_HZ, 10 * RATE_HZ);
        FloatBuffer other = FloatBuffer.allocate(out.capacity());
        features.write(longer, longer.length, out);
        features.write(end, end.length, other);

        assertThat(out.array()).isEqualTo(other.array());
    }

    @Test
    void nothing_is_left_of_the_sound_before() {
        FloatBuffer other = FloatBuffer.allocate(out.capacity());
        new LogMel().write(tones(), 3 * RATE_HZ, other);
        short[] noise = new short[LogMel.SAMPLES];
        Arrays.fill(noise, (short) 12_345);
        features.write(noise, noise.length, out);
        features.write(tones(), 3 * RATE_HZ, out);

        assertThat(out.array()).isEqualTo(other.array());
    }

    @Test
    void the_first_band_is_that_of_whispers_filters() {
        float[] power = new float[201];
        power[1] = 1;

        // The published table of 80 filters begins with this number.
        assertThat(new MelBands(80, 201, RATE_HZ).of(0, power)).isEqualTo(0.0248626f, within(1e-7f));
    }

    @Test
    void features_allocate_nothing() {
        short[] pcm = tones();

        assertThat(Allocation.ofRounds(10, () -> features.write(pcm, pcm.length, out)))
                .isZero();
    }
}
