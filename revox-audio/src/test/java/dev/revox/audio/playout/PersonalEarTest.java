package dev.revox.audio.playout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.codec.Codecs;
import dev.revox.audio.codec.FrameEncoder;
import dev.revox.audio.speech.Allocation;
import dev.revox.audio.speech.Speech;
import org.junit.jupiter.api.Test;

class PersonalEarTest {

    private static final long MS = 1_000_000L;
    private static final int FRAME = 160;

    private final PersonalEar ear = new PersonalEar(Codecs.decoder("PCMU"));
    private final byte[] coded = coded();
    private final short[] out = new short[FRAME];

    private static byte[] coded() {
        short[] voice = Speech.vowel(8000, 50 * FRAME, 130, 6000);
        byte[] bytes = new byte[voice.length];
        try (FrameEncoder encoder = Codecs.encoder("PCMU")) {
            assertThat(encoder.encode(voice, 0, voice.length, bytes, 0)).isEqualTo(voice.length);
        }
        return bytes;
    }

    private void arrives(int n, long atNanos) {
        ear.offer(coded, n % 50 * FRAME, FRAME, (65_500 + n) & 0xFFFF, n * FRAME, atNanos);
    }

    private void leaves(int n) {
        ear.read(out, 0, FRAME, (20L * n + 7) * MS);
    }

    @Test
    void r05_a_hole_is_given_up_when_the_sound_behind_it_has_to_leave_and_not_after_the_machines_wait() {
        for (int n = 0; n < 200; n++) {
            if (n % 20 != 10) {
                arrives(n, 20L * n * MS);
            }
            leaves(n);
        }
        // One frame each of ten was lost; none that came was held back by it.
        assertThat(ear.playout().madeUpSamples()).isEqualTo(10 * FRAME);
        assertThat(ear.playout().heldNanos()).isLessThan(20 * MS);
        assertThat(ear.playout().droppedSamples()).isZero();
    }

    @Test
    void a_packet_that_comes_after_its_sound_was_made_up_is_not_played_and_delays_nothing() {
        long before = 0;
        for (int n = 0; n < 200; n++) {
            if (n == 150) {
                before = (long) n * FRAME - ear.playout().nextSampleTime();
                leaves(n);
                arrives(n, (20L * n + 12) * MS);
            } else {
                arrives(n, 20L * n * MS);
                leaves(n);
            }
        }
        assertThat(ear.playout().madeUpSamples()).isBetween(1L, (long) FRAME);
        assertThat(ear.playout().heldNanos()).isEqualTo(7 * MS);
        assertThat(200L * FRAME - ear.playout().nextSampleTime()).isEqualTo(before);
    }

    @Test
    void malformed_packets_are_holes() {
        for (int n = 0; n < 50; n++) {
            ear.offer(coded, 0, n == 30 ? 0 : FRAME, (65_500 + n) & 0xFFFF, n * FRAME, 20L * n * MS);
            leaves(n);
        }
        assertThat(ear.playout().madeUpSamples()).isEqualTo(FRAME);
    }

    @Test
    void nothing_is_allocated_with_loss_and_jitter() {
        int[] n = {0};
        long bytes = Allocation.ofRounds(50_000, () -> {
            int number = n[0]++;
            if (number % 20 != 3) {
                arrives(number, (20L * number + number % 7) * MS);
            }
            leaves(number);
        });
        assertThat(bytes).isZero();
    }
}
