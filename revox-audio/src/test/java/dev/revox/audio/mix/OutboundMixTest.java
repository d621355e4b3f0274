package dev.revox.audio.mix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.speech.Allocation;
import dev.revox.audio.speech.Speech;
import dev.revox.audio.tone.DtmfDetector;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class OutboundMixTest {

    private static final int FRAME = 160;

    /** A tone that goes round: 100 Hz fits into a second. */
    private static final Clip HUM = Clip.seamless(Speech.sine(16_000, 16_000, 100, 4000));

    private final OutboundMix mix = new OutboundMix();

    /** So many frames without speech. */
    private short[] silence(int frames) {
        short[] line = new short[frames * FRAME];
        short[] frame = new short[FRAME];
        for (int i = 0; i < frames; i++) {
            Arrays.fill(frame, (short) 0);
            mix.finish(frame, 0, FRAME, 8000);
            System.arraycopy(frame, 0, line, i * FRAME, FRAME);
        }
        return line;
    }

    private short[] speech(int value) {
        short[] frame = new short[FRAME];
        Arrays.fill(frame, (short) value);
        mix.finish(frame, FRAME, FRAME, 8000);
        return frame;
    }

    @Test
    void without_sounds_frames_pass_as_they_are() {
        assertThat(speech(-30_000)).containsOnly((short) -30_000);
        assertThat(silence(1)).containsOnly((short) 0);
    }

    @Test
    void a_background_fades_in_and_then_has_its_volume_for_ever() {
        mix.background(HUM, 0.3);
        short[] line = silence(500);
        double whole = 4000 / Math.sqrt(2) * 0.3;
        assertThat(Speech.rms(line, 0, FRAME)).isLessThan(whole / 10);
        assertThat(Speech.rms(line, 2000, 2000 + FRAME)).isBetween(whole * 0.35, whole * 0.7);
        for (int at = 4800; at + 800 <= line.length; at += 800) {
            assertThat(Speech.rms(line, at, at + 800)).isBetween(whole * 0.97, whole * 1.03);
        }
    }

    @Test
    void speech_is_neither_quieter_nor_held_up_by_a_background() {
        mix.background(HUM, 0.3);
        short[] alone = silence(100);
        short[] with = speech(9000);
        assertThat(Speech.rms(alone, 99 * FRAME, 100 * FRAME)).isGreaterThan(100);
        double mean = 0;
        for (short sample : with) {
            assertThat((int) sample).isBetween(9000 - 1250, 9000 + 1250);
            mean += sample / (double) FRAME;
        }
        assertThat(mean).isBetween(8990.0, 9010.0);
    }

    @Test
    void the_sound_of_thinking_is_gone_by_the_end_of_the_frame_in_which_speech_begins() {
        mix.thinking(HUM, 1);
        assertThat(Speech.rms(silence(30), 20 * FRAME, 30 * FRAME)).isGreaterThan(2500);
        short[] first = speech(0);
        assertThat(Speech.rms(first, 0, 40)).isGreaterThan(100);
        assertThat(Math.abs(first[FRAME - 1])).isLessThan((short) 60);
        assertThat(silence(50)).containsOnly((short) 0);
    }

    @Test
    void the_sound_of_thinking_fades_out_when_there_is_nothing_to_say_and_can_begin_again() {
        mix.thinking(HUM, 0.5);
        short[] unused = silence(30);
        mix.thoughtOver();
        short[] fading = silence(10);
        assertThat(Speech.rms(fading, 0, FRAME)).isGreaterThan(500);
        assertThat(Speech.rms(fading, 8 * FRAME, 10 * FRAME)).isZero();
        mix.thinking(HUM, 0.5);
        assertThat(Speech.rms(silence(20), 10 * FRAME, 20 * FRAME)).isGreaterThan(1200);
    }

    @Test
    void a_change_of_the_lines_rate_goes_on_at_the_same_place() {
        mix.background(HUM, 1);
        short[] unused = silence(100);
        short[] wide = new short[320];
        mix.finish(wide, 0, 320, 16_000);
        short[] back = silence(1);
        // 102 frames of 20 ms are two whole turns of 100 Hz each: all three begin at the same phase.
        assertThat((int) wide[0]).isBetween(-150, 150);
        assertThat((int) wide[2]).isBetween(150, 500);
        assertThat(Speech.rms(back, 0, FRAME)).isBetween(2700.0, 2900.0);
    }

    @Test
    void no_sum_leaves_the_range_and_the_bend_is_smooth() {
        mix.background(HUM, 1);
        mix.thinking(HUM, 1);
        short[] unused = silence(100);
        Random random = new Random(4);
        for (int i = 0; i < 1000; i++) {
            for (short sample : speech(random.nextInt(65_536) - 32_768)) {
                assertThat((int) sample).isBetween(-32_767, 32_767);
            }
        }
        for (int value = -70_000; value < 70_000; value++) {
            int step = OutboundMix.limited(value + 1) - OutboundMix.limited(value);
            assertThat(step).isBetween(0, 1);
        }
    }

    @Test
    void digits_take_the_line_and_are_understood() {
        mix.background(HUM, 0.3);
        for (char digit : new char[] {'4', '2', 'w', '#'}) {
            assertThat(mix.queueDigit(digit)).isTrue();
        }
        assertThat(mix.queueDigit('x')).isFalse();
        StringBuilder heard = new StringBuilder();
        DtmfDetector detector = new DtmfDetector((digit, ms) -> {
            assertThat(ms).isBetween(220, 265);
            heard.append(digit);
        });
        int frames = 0;
        while (mix.takesLine()) {
            short[] frame = silence(1);
            detector.accept(frame, 0, FRAME);
            frames++;
        }
        assertThat(heard).hasToString("42#");
        assertThat(frames * 20).isBetween(3 * 550 + 500, 3 * 550 + 500 + 40);
    }

    @Test
    void fifty_thousand_frames_allocate_nothing() {
        mix.background(HUM, 0.3);
        short[] frame = new short[320];
        int[] round = new int[1];
        long bytes = Allocation.ofRounds(50_000, () -> {
            if (round[0]++ % 100 == 0) {
                mix.thinking(HUM, 0.5);
            }
            mix.finish(frame, round[0] % 100 > 50 ? 320 : 0, 320, 16_000);
        });
        assertThat(bytes).isZero();
    }
}
