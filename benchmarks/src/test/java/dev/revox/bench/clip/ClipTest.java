package dev.revox.bench.clip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.loop.FrameTransport;
import dev.revox.conversation.ConversationCommand;
import dev.revox.line.LegEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClipTest {

    /** A second of silence, two of words, one of silence, one of a last word. */
    private static final Clip CLIP = new Clip(
            1,
            "sentence",
            new short[6 * Clip.RATE_HZ],
            List.of(
                    new Clip.Part(Clip.RATE_HZ, 3 * Clip.RATE_HZ, "one two three four"),
                    new Clip.Part(4 * Clip.RATE_HZ, 5 * Clip.RATE_HZ, "five")));

    @Test
    void words_are_known_once_they_were_spoken() {
        assertThat(CLIP.textBy(900)).isEmpty();
        assertThat(CLIP.textBy(2000)).isEqualTo("one two");
        assertThat(CLIP.textBy(2999)).isEqualTo("one two three");
        assertThat(CLIP.textBy(3000)).isEqualTo("one two three four");
        assertThat(CLIP.textBy(4999)).isEqualTo("one two three four");
        assertThat(CLIP.textBy(5000)).isEqualTo("one two three four five");
    }

    @Test
    void a_turn_is_over_with_its_last_part() {
        assertThat(CLIP.endMs()).isEqualTo(5000);
        assertThat(CLIP.lengthMs()).isEqualTo(6000);
    }

    @Test
    void bursts_of_noise_are_loud_at_once_short_and_different() {
        Random random = new Random(7);
        short[] one = NoiseBursts.burst(random);
        short[] other = NoiseBursts.burst(random);

        assertThat(one).isNotEqualTo(other);
        for (short[] burst : List.of(one, other)) {
            int peak = 0;
            for (short sample : burst) {
                peak = Math.max(peak, Math.abs(sample));
            }
            assertThat(peak).isBetween(8900, 9000);
            assertThat(burst.length).isBetween(Clip.RATE_HZ * 60 / 1000, Clip.RATE_HZ * 1020 / 1000);
        }
    }

    @Test
    void a_wire_brings_a_clip_in_frames_of_20_ms_when_they_were_spoken() {
        List<Integer> lengths = new ArrayList<>();
        ClipWire wire = new ClipWire(CLIP, 1_000_000_000L, new Deaf());
        FrameTransport.Inlet inlet = new FrameTransport.Inlet() {
            @Override
            public void onFrame(int stream, int number, long time, byte[] bytes, int offset, int length, long atNanos) {
                lengths.add(length);
            }

            @Override
            public void onSilent(int stream, int number, long atNanos) {
                throw new AssertionError("a clip has nothing but sound");
            }
        };
        wire.poll(1_019_999_999L, inlet);
        assertThat(lengths).isEmpty();
        wire.poll(1_040_000_000L, inlet);
        assertThat(lengths).containsExactly(160, 160);
    }

    private static final class Deaf implements ClipCall.Watcher {
        @Override
        public void event(LegEvent event) {}

        @Override
        public void command(ConversationCommand command) {}

        @Override
        public void sent(boolean voiced, long nowNanos) {}
    }
}
