package dev.revox.audio.playout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.speech.Allocation;
import dev.revox.audio.speech.Speech;
import dev.revox.media.EarFrame;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PlayoutBufferTest {

    private static final long MS = 1_000_000L;
    private static final int RATE_HZ = 8000;
    private static final int FRAME = 160;

    private final PlayoutBuffer buffer = new PlayoutBuffer(RATE_HZ);
    private final short[] voice = Speech.vowel(RATE_HZ, 60 * RATE_HZ, 120, 4000);
    private final short[] out = new short[FRAME];

    private void arrives(int n, int flags, long atMs) {
        buffer.write(voice, n * FRAME, FRAME, (long) n * FRAME, flags, atMs * MS);
    }

    private double leaves(long atMs) {
        buffer.read(out, 0, FRAME, atMs * MS);
        return Speech.rms(out, 0, FRAME);
    }

    /** Frames from one number to another arrive on time, and a frame leaves 15 ms behind each. */
    private void steady(int from, int to) {
        for (int n = from; n < to; n++) {
            arrives(n, 0, 20L * n);
            double unused = leaves(20L * n + 15);
        }
    }

    @Test
    void on_a_clean_line_sound_leaves_unchanged_within_a_frame() {
        for (int n = 0; n < 100; n++) {
            arrives(n, 0, 20L * n);
            double unused = leaves(20L * n + 15);
            assertThat(out).isEqualTo(Arrays.copyOfRange(voice, n * FRAME, (n + 1) * FRAME));
        }
        assertThat(buffer.heldNanos()).isEqualTo(15 * MS);
        assertThat(buffer.corrections()).isZero();
        assertThat(buffer.madeUpSamples()).isZero();
    }

    @Test
    void r05_it_grows_within_100_ms_when_frames_begin_to_come_late() {
        steady(0, 100);
        long heldBefore = buffer.heldNanos();
        // From here on every frame is 60 ms late.
        for (int n = 100; n < 108; n++) {
            if (n >= 103) {
                arrives(n - 3, 0, 20L * n);
            }
            double unused = leaves(20L * n + 15);
        }
        assertThat(buffer.targetNanos()).isGreaterThanOrEqualTo(50 * MS);
        assertThat(heldBefore).isLessThan(20 * MS);
        assertThat(buffer.heldNanos()).isGreaterThanOrEqualTo(buffer.targetNanos() - 10 * MS);
    }

    @Test
    void r06_what_is_missing_is_made_up_and_after_120_ms_is_the_noise_of_the_line() {
        short[] background = Speech.noise(5 * RATE_HZ, 100, 3);
        for (int n = 0; n < 100; n++) {
            buffer.write(background, n * FRAME, FRAME, (long) n * FRAME, 0, 20L * n * MS);
            double unused = leaves(20L * n + 15);
        }
        double first = leaves(2015);
        for (int i = 1; i < 20; i++) {
            double unused = leaves(2015 + 20L * i);
        }
        double noise = leaves(2415);
        assertThat(first).isGreaterThan(50);
        assertThat(noise).isBetween(50.0, 150.0);
        assertThat(buffer.running()).isFalse();
    }

    @Test
    void what_the_ear_made_up_too_late_is_not_played_a_second_time() {
        steady(0, 100);
        double unused = leaves(2015);
        arrives(100, EarFrame.CONCEALED, 2025);
        arrives(101, 0, 2025);
        unused = leaves(2035);
        assertThat(buffer.nextSampleTime()).isEqualTo(102L * FRAME);
        assertThat(buffer.madeUpSamples()).isEqualTo(FRAME);
    }

    @Test
    void after_a_pause_of_the_sender_speech_begins_anew_without_a_growing_delay() {
        steady(0, 100);
        for (int i = 0; i < 50; i++) {
            double unused = leaves(2015 + 20L * i);
        }
        for (int n = 200; n < 300; n++) {
            arrives(n, 0, 20L * n);
            double unused = leaves(20L * n + 15);
        }
        assertThat(buffer.heldNanos()).isEqualTo(15 * MS);
    }

    @Test
    void nothing_is_held_back_beyond_200_ms() {
        steady(0, 100);
        for (int n = 100; n < 130; n++) {
            arrives(n, 0, 2600);
        }
        double unused = leaves(2605);
        unused = leaves(2625);
        assertThat(buffer.heldNanos()).isLessThanOrEqualTo(640 * MS);
        for (int i = 2; i < 10; i++) {
            unused = leaves(2605 + 20L * i);
        }
        assertThat(buffer.droppedSamples()).isPositive();
        assertThat(buffer.nextSampleTime()).isGreaterThan(20L * FRAME);
    }

    @Test
    void nothing_is_allocated_however_frames_come() {
        int[] n = new int[1];
        long bytes = Allocation.ofRounds(50_000, () -> {
            int i = n[0]++;
            long now = i * (20 * MS);
            if (i % 23 != 5) {
                long late = i / 500 % 2 * (80 * MS);
                buffer.write(voice, i % 100 * FRAME, FRAME, (long) i * FRAME, i % 31 == 3 ? 1 : 0, now + late);
            }
            buffer.read(out, 0, FRAME, now + 35 * MS);
        });
        assertThat(bytes).isZero();
        assertThat(buffer.corrections()).isPositive();
    }
}
