package dev.revox.audio.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.audio.speech.Allocation;
import dev.revox.audio.speech.Speech;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ResamplerTest {

    private static final int[] RATES = {8000, 16_000, 24_000, 48_000};
    private static final double AMPLITUDE = 10_000;

    private static short[] resampled(short[] in, int inHz, int outHz) {
        Resampler resampler = new Resampler(inHz, outHz, inHz / 50);
        short[] out = new short[resampler.maxOut(in.length) + 16];
        int written = 0;
        for (int at = 0; at < in.length; at += inHz / 50) {
            written += resampler.process(in, at, Math.min(inHz / 50, in.length - at), out, written);
        }
        return Arrays.copyOf(out, written);
    }

    private static double gainDb(int inHz, int outHz, double hz) {
        short[] out = resampled(Speech.sine(inHz, inHz / 2, hz, AMPLITUDE), inHz, outHz);
        double rms = Speech.rms(out, out.length / 4, out.length * 3 / 4);
        return 20 * Math.log10(Math.max(rms, 1e-3) / (AMPLITUDE / Math.sqrt(2)));
    }

    @Test
    void passband_is_flat_within_a_quarter_decibel() {
        double worst = 0;
        for (int inHz : RATES) {
            for (int outHz : RATES) {
                int lower = Math.min(inHz, outHz);
                for (double hz = 100; hz <= 0.42 * lower; hz += 0.02 * lower) {
                    double gain = gainDb(inHz, outHz, hz);
                    worst = Math.max(worst, Math.abs(gain));
                    assertThat(gain).as("%d -> %d at %.0f Hz", inHz, outHz, hz).isBetween(-0.25, 0.25);
                }
            }
        }
        System.out.printf("Resampler: passband ripple %.3f dB%n", worst);
    }

    @Test
    void what_does_not_fit_the_lower_rate_is_rejected() {
        double loudest = -200;
        for (int inHz : RATES) {
            for (int outHz : RATES) {
                for (double hz = 0.51 * outHz; outHz < inHz && hz < 0.5 * inHz; hz += 0.03 * outHz) {
                    double gain = gainDb(inHz, outHz, hz);
                    loudest = Math.max(loudest, gain);
                    assertThat(gain).as("%d -> %d at %.0f Hz", inHz, outHz, hz).isLessThan(-50);
                }
            }
        }
        System.out.printf("Resampler: loudest alias %.1f dB%n", loudest);
    }

    @Test
    void upsampling_adds_no_mirror_images() {
        for (int outHz : new int[] {16_000, 24_000, 48_000}) {
            short[] in = Speech.sine(8000, 8000, 3000, AMPLITUDE);
            short[] out = resampled(in, 8000, outHz);
            // What is left after the 3 kHz tone has been taken out by projection is images and rounding.
            int from = outHz / 4;
            int count = outHz / 2;
            double re = 0;
            double im = 0;
            for (int i = 0; i < count; i++) {
                re += out[from + i] * Math.cos(2 * Math.PI * 3000 * i / outHz);
                im += out[from + i] * Math.sin(2 * Math.PI * 3000 * i / outHz);
            }
            double rest = 0;
            for (int i = 0; i < count; i++) {
                double tone = 2
                        * (re * Math.cos(2 * Math.PI * 3000 * i / outHz)
                                + im * Math.sin(2 * Math.PI * 3000 * i / outHz))
                        / count;
                rest += Math.pow(out[from + i] - tone, 2);
            }
            double restDb = 20 * Math.log10(Math.sqrt(rest / count) / (AMPLITUDE / Math.sqrt(2)));
            assertThat(restDb).as("to %d", outHz).isLessThan(-55);
        }
    }

    @Test
    void output_is_as_long_as_the_rates_say_and_independent_of_the_cutting() {
        short[] in = Speech.vowel(24_000, 24_000, 130, 5000);
        for (int outHz : RATES) {
            short[] even = resampled(in, 24_000, outHz);
            assertThat(even).hasSize(outHz);
            Resampler uneven = new Resampler(24_000, outHz, 1000);
            short[] out = new short[outHz + 16];
            int written = 0;
            int at = 0;
            for (int piece = 1; at < in.length; piece = piece * 7 % 1999) {
                int take = Math.min(piece, in.length - at);
                int now = uneven.process(in, at, take, out, written);
                assertThat(now).isLessThanOrEqualTo(uneven.maxOut(take));
                written += now;
                at += take;
            }
            assertThat(Arrays.copyOf(out, written)).isEqualTo(even);
        }
    }

    @Test
    void full_scale_is_clipped_and_not_wrapped() {
        short[] square = new short[1600];
        for (int i = 0; i < square.length; i++) {
            square[i] = i / 16 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        }
        short[] out = resampled(square, 8000, 16_000);
        for (int i = 200; i < out.length - 200; i++) {
            int source = Math.max(0, i / 2 - 24);
            boolean middle = source % 16 > 4 && source % 16 < 12;
            if (middle) {
                assertThat(Math.abs((int) out[i])).as("sample %d", i).isGreaterThan(25_000);
            }
        }
    }

    @Test
    void equal_rates_copy_and_reset_forgets() {
        short[] in = Speech.noise(160, 3000, 5);
        assertThat(resampled(in, 8000, 8000)).isEqualTo(in);
        Resampler resampler = new Resampler(8000, 16_000, 160);
        short[] first = new short[320];
        short[] again = new short[320];
        resampler.process(in, 0, 160, first, 0);
        resampler.reset();
        resampler.process(in, 0, 160, again, 0);
        assertThat(again).isEqualTo(first);
    }

    @Test
    void rates_of_other_worlds_are_refused() {
        assertThatThrownBy(() -> new Resampler(44_100, 8000, 160)).hasMessageContaining("inHz");
        assertThatThrownBy(() -> new Resampler(8000, 11_025, 160)).hasMessageContaining("outHz");
    }

    @Test
    void resampling_allocates_nothing() {
        Resampler down = new Resampler(24_000, 8000, 480);
        Resampler up = new Resampler(8000, 16_000, 160);
        short[] in = Speech.noise(480, 3000, 5);
        short[] middle = new short[161];
        short[] out = new short[322];
        assertThat(Allocation.ofRounds(
                        50_000, () -> up.process(middle, 0, down.process(in, 0, 480, middle, 0), out, 0)))
                .isZero();
    }
}
