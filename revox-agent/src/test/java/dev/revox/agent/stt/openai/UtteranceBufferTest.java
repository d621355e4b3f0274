package dev.revox.agent.stt.openai;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class UtteranceBufferTest {

    private short next;

    private void hear(UtteranceBuffer buffer, int samples) {
        short[] pcm = new short[samples + 3];
        for (int i = 0; i < samples; i++) {
            pcm[3 + i] = next++;
        }
        buffer.add(pcm, 3, samples);
    }

    @Test
    void an_utterance_begins_before_it_was_noticed() {
        UtteranceBuffer buffer = new UtteranceBuffer(10, 100);
        hear(buffer, 25);
        buffer.begin(5);
        hear(buffer, 3);

        assertThat(buffer.end()).containsExactly(20, 21, 22, 23, 24, 25, 26, 27);
    }

    @Test
    void a_beginning_before_what_is_kept_is_the_oldest_that_is_kept() {
        UtteranceBuffer buffer = new UtteranceBuffer(4, 100);
        hear(buffer, 25);
        buffer.begin(20);
        hear(buffer, 30);

        assertThat(buffer.end()).hasSize(34).startsWith(21, 22).endsWith(54);
    }

    @Test
    void an_utterance_beyond_the_limit_loses_its_beginning() {
        UtteranceBuffer buffer = new UtteranceBuffer(4, 16);
        buffer.begin(0);
        hear(buffer, 10);
        hear(buffer, 40);

        assertThat(buffer.end()).hasSize(16).startsWith(34).endsWith(49);
    }

    @Test
    void without_a_beginning_there_is_no_utterance() {
        UtteranceBuffer buffer = new UtteranceBuffer(4, 16);
        hear(buffer, 10);

        assertThat(buffer.end()).isEmpty();
    }

    @Property(tries = 300)
    void whatever_the_frames_an_utterance_is_the_last_samples_in_order(
            @ForAll @IntRange(min = 1, max = 40) int frame, @ForAll @IntRange(min = 0, max = 60) int frames) {
        next = 0;
        UtteranceBuffer buffer = new UtteranceBuffer(20, 128);
        hear(buffer, 50);
        buffer.begin(12);
        for (int i = 0; i < frames; i++) {
            hear(buffer, frame);
        }
        short[] utterance = buffer.end();

        assertThat(utterance).hasSize(Math.min(128, Math.max(12 + frame * frames, 12)));
        for (int i = 0; i < utterance.length; i++) {
            assertThat(utterance[utterance.length - 1 - i]).isEqualTo((short) (next - 1 - i));
        }
        buffer.begin(7);
        assertThat(buffer.end()).hasSize(7);
    }
}
