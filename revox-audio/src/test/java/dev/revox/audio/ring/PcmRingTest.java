package dev.revox.audio.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.media.EarFrame;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class PcmRingTest {

    private final PcmRing ring = new PcmRing(1024);
    private final EarFrame frame = new EarFrame();
    private final short[] into = new short[160];

    private boolean write(int value) {
        short[] pcm = new short[160];
        Arrays.fill(pcm, (short) value);
        return ring.write(pcm, 0, 160, value * 160L, 0);
    }

    @Test
    void frames_come_out_as_they_went_in_across_the_wrap() {
        for (int i = 0; i < 1000; i++) {
            assertThat(write(i)).isTrue();
            assertThat(ring.read(into, 0, frame)).isEqualTo(160);
            assertThat(into).containsOnly(i);
            assertThat(frame.sampleTime()).isEqualTo(i * 160L);
        }
        assertThat(ring.read(into, 0, frame)).isZero();
    }

    @Test
    void a_full_ring_drops_what_comes_and_marks_the_gap() {
        for (int i = 0; i < 6; i++) {
            assertThat(write(i)).isTrue();
        }
        assertThat(write(6)).isFalse();
        assertThat(ring.droppedSamples()).isEqualTo(160);
        int unused = ring.read(into, 0, frame);
        assertThat(write(7)).isTrue();
        for (int i = 1; i < 6; i++) {
            unused = ring.read(into, 0, frame);
            assertThat(frame.gap()).isFalse();
        }
        assertThat(ring.read(into, 0, frame)).isEqualTo(160);
        assertThat(into).containsOnly(7);
        assertThat(frame.gap()).isTrue();
    }

    @Test
    void the_end_comes_after_the_last_frame() {
        assertThat(write(1)).isTrue();
        ring.finish();
        assertThat(ring.read(into, 0, frame)).isEqualTo(160);
        assertThat(ring.read(into, 0, frame)).isEqualTo(-1);
    }
}
