package dev.revox.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.audio.ring.SpeechQueue;
import dev.revox.media.MediaFormat;
import dev.revox.media.PlayoutEvent;
import dev.revox.media.Segment;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutboundAudioTest {

    private static final MediaFormat NARROW = MediaFormat.pcm(8000);

    private final LegBench bench = new LegBench();

    @Test
    void silence_is_sent_in_every_frame_time_when_there_is_nothing_to_say() {
        bench.run(200);

        assertThat(bench.wire.sent).hasSize(10);
        assertThat(bench.wire.sent.get(3).payload()).containsOnly(0xFF);
    }

    @Test
    void a_segment_starts_and_finishes_when_its_first_and_last_samples_leave() {
        bench.mouth.say(Segment.of(1), NARROW, LegBench.constant(800, 5000));
        bench.run(200);

        assertThat(bench.playout())
                .containsExactly(
                        new PlayoutEvent.Started(1, bench.wire.sent.get(0).atNanos()),
                        new PlayoutEvent.Finished(1, bench.wire.sent.get(4).atNanos(), 100_000));
    }

    @Test
    void segments_follow_each_other_without_a_gap_within_a_frame() {
        bench.mouth.say(Segment.of(1), NARROW, LegBench.constant(200, 5000));
        bench.mouth.say(Segment.of(2), NARROW, LegBench.constant(120, -5000));
        bench.run(40);

        short[] sound = bench.sentSound();
        assertThat(sound[199]).isPositive();
        assertThat(sound[200]).isNegative();
        assertThat(sound[319]).isNegative();
        assertThat(bench.playout().getLast())
                .isEqualTo(new PlayoutEvent.Finished(2, bench.wire.sent.get(1).atNanos(), 15_000));
    }

    @Test
    void a_pause_takes_effect_within_a_frame_and_resume_loses_no_sample() {
        bench.mouth.say(Segment.of(1), NARROW, LegBench.constant(1600, 5000));
        bench.run(60);
        bench.mouth.pause();
        bench.run(100);
        bench.mouth.resume();
        bench.run(300);

        short[] sound = bench.sentSound();
        int loud = 0;
        for (short sample : sound) {
            loud += sample > 1000 ? 1 : 0;
        }
        assertThat(loud).isEqualTo(1600);
        assertThat(sound[480]).isZero();
        assertThat(bench.playout())
                .contains(new PlayoutEvent.Progress(1, 60_000_000L + 1_000_000L, 60_000))
                .last()
                .isInstanceOfSatisfying(
                        PlayoutEvent.Finished.class,
                        finished -> assertThat(finished.playedMicros()).isEqualTo(200_000));
    }

    @Test
    void a_flush_reports_what_left_of_each_segment_and_ends_a_pause() {
        bench.mouth.say(Segment.of(1), NARROW, LegBench.constant(1600, 5000));
        bench.mouth.say(Segment.of(2), NARROW, LegBench.constant(1600, 5000));
        bench.run(80);
        bench.mouth.pause();
        bench.run(40);
        bench.mouth.flush();
        bench.mouth.say(Segment.of(3), NARROW, LegBench.constant(160, -5000));
        bench.run(40);

        List<PlayoutEvent> flushed = bench.playout().stream()
                .filter(PlayoutEvent.Flushed.class::isInstance)
                .toList();
        assertThat(flushed)
                .extracting(PlayoutEvent::segmentId, event -> ((PlayoutEvent.Flushed) event).playedMicros())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1L, 80_000L), org.assertj.core.groups.Tuple.tuple(2L, 0L));
        assertThat(bench.playout().getLast()).isInstanceOf(PlayoutEvent.Finished.class);
    }

    @Test
    void progress_is_told_every_200_ms_of_media() {
        bench.mouth.say(Segment.of(1), NARROW, LegBench.constant(8000, 5000));
        bench.run(1000);

        assertThat(bench.playout())
                .filteredOn(PlayoutEvent.Progress.class::isInstance)
                .extracting(event -> ((PlayoutEvent.Progress) event).playedMicros())
                .containsExactly(200_000L, 400_000L, 600_000L, 800_000L);
    }

    @Test
    void playout_is_counted_in_the_segments_media_at_any_rate() {
        bench.mouth.say(Segment.of(1), MediaFormat.pcm(24_000), LegBench.constant(24_000, 5000));
        bench.run(500);
        bench.mouth.flush();
        bench.run(20);

        assertThat(bench.playout().getLast())
                .isInstanceOfSatisfying(
                        PlayoutEvent.Flushed.class,
                        flushed -> assertThat(flushed.playedMicros()).isEqualTo(500_000));
    }

    @Test
    void a_late_provider_makes_a_pause_and_no_lost_sample() {
        SpeechQueue queue = new SpeechQueue();
        short[] half = new short[400];
        java.util.Arrays.fill(half, (short) 5000);
        bench.mouth.say(Segment.of(1), NARROW, queue);
        queue.write(half, 0, 400);
        bench.run(100);
        queue.write(half, 0, 400);
        queue.finish();
        bench.run(100);

        int loud = 0;
        for (short sample : bench.sentSound()) {
            loud += sample > 1000 ? 1 : 0;
        }
        assertThat(loud).isEqualTo(800);
        assertThat(bench.playout().getLast())
                .isInstanceOfSatisfying(
                        PlayoutEvent.Finished.class,
                        finished -> assertThat(finished.playedMicros()).isEqualTo(100_000));
    }

    @Test
    void speech_waits_while_the_wire_is_taken() {
        bench.wire.free = false;
        bench.mouth.say(Segment.of(1), NARROW, LegBench.constant(160, 5000));
        bench.run(100);
        assertThat(bench.playout()).isEmpty();
        assertThat(bench.wire.passed).isEqualTo(5);

        bench.wire.free = true;
        bench.run(20);
        assertThat(bench.playout()).hasSize(2);
    }

    @Test
    void closing_flushes_what_is_left_and_what_comes_later() {
        bench.mouth.say(Segment.of(1), NARROW, LegBench.constant(1600, 5000));
        bench.run(20);
        bench.mouth.close();
        bench.mouth.say(Segment.of(2), NARROW, LegBench.constant(1600, 5000));
        bench.run(1);

        assertThat(bench.playout())
                .filteredOn(PlayoutEvent.Flushed.class::isInstance)
                .extracting(PlayoutEvent::segmentId)
                .containsExactly(1L, 2L);
    }

    @Test
    void encoded_segments_are_refused_with_a_reason() {
        assertThatThrownBy(() -> bench.mouth.say(
                        Segment.of(1), new MediaFormat(MediaFormat.Encoding.PCMU, 8000), LegBench.constant(1, 1)))
                .hasMessageContaining("PCM_S16");
    }
}
