package dev.revox.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.line.LegEvent;
import dev.revox.media.Ear;
import dev.revox.media.EarFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InboundAudioTest {

    private record Heard(short first, int samples, long sampleTime, boolean concealed, boolean gap) {}

    private final LegBench bench = new LegBench();

    private static List<Heard> readAll(Ear ear) {
        short[] pcm = new short[4800];
        EarFrame frame = new EarFrame();
        List<Heard> frames = new ArrayList<>();
        int samples = ear.read(pcm, 0, frame);
        while (samples > 0) {
            frames.add(new Heard(pcm[0], samples, frame.sampleTime(), frame.concealed(), frame.gap()));
            samples = ear.read(pcm, 0, frame);
        }
        return frames;
    }

    private void hearFrames(int from, int to) {
        short[] pcm = new short[LegBench.FRAME];
        for (int i = from; i < to; i++) {
            Arrays.fill(pcm, (short) (100 * (i + 1)));
            bench.hear(pcm, 0);
        }
    }

    @Test
    void every_reader_gets_every_frame_once_in_order_across_the_wrap_of_sequence_and_timestamp() {
        bench.ear.answered();
        Ear one = bench.ear.openEar();
        Ear other = bench.ear.openEar();
        hearFrames(0, 100);

        List<Heard> frames = readAll(one);
        assertThat(frames)
                .hasSize(100)
                .isEqualTo(readAll(other))
                .noneMatch(Heard::concealed)
                .noneMatch(Heard::gap);
        for (int i = 1; i < frames.size(); i++) {
            assertThat(frames.get(i).sampleTime() - frames.get(i - 1).sampleTime())
                    .isEqualTo(160);
        }
        assertThat(one.droppedSamples()).isZero();
    }

    @Test
    void sound_before_the_answer_is_kept_for_200_ms_with_negative_times() {
        Ear early = bench.ear.openEar();
        hearFrames(0, 50);
        assertThat(readAll(early)).isEmpty();
        bench.ear.answered();
        hearFrames(50, 60);

        List<Heard> frames = readAll(early);
        assertThat(frames).hasSize(20);
        assertThat(frames.getFirst().sampleTime()).isBetween(-1760L, -1600L);
        assertThat(frames.get(9).sampleTime()).isNegative();
        assertThat(frames.get(10).sampleTime()).isBetween(-160L, 160L);
        assertThat(frames.getLast().sampleTime() - frames.getFirst().sampleTime())
                .isEqualTo(19 * 160);
    }

    @Test
    void an_ear_opened_after_the_answer_still_hears_the_first_words() {
        hearFrames(0, 30);
        bench.ear.answered();
        hearFrames(30, 50);
        Ear late = bench.ear.openEar();
        hearFrames(50, 60);

        List<Heard> frames = readAll(late);
        assertThat(frames).hasSize(40);
        for (int i = 1; i < frames.size(); i++) {
            assertThat(frames.get(i).sampleTime() - frames.get(i - 1).sampleTime())
                    .isEqualTo(160);
        }
    }

    @Test
    void a_lost_packet_is_made_up_and_marked() {
        bench.ear.answered();
        Ear ear = bench.ear.openEar();
        hearFrames(0, 10);
        bench.skipOnWire();
        bench.run(20);
        hearFrames(11, 20);
        bench.run(60);

        List<Heard> frames = readAll(ear);
        assertThat(frames.stream().filter(Heard::concealed)).hasSize(1);
        assertThat(frames.stream().mapToInt(Heard::samples).sum()).isEqualTo(20 * 160);
        assertThat(bench.ear.concealedFrames()).isEqualTo(1);
    }

    @Test
    void another_source_goes_on_where_the_clock_is() {
        bench.ear.answered();
        Ear ear = bench.ear.openEar();
        hearFrames(0, 10);
        byte[] payload = new byte[160];
        for (int i = 0; i < 5; i++) {
            bench.wire.arrive(2, 7 + i, 1_000_000 + 160L * i, payload);
            bench.run(20);
        }

        List<Heard> frames = readAll(ear);
        assertThat(frames).hasSize(15);
        assertThat(frames.get(10).sampleTime()).isBetween(10 * 160L - 160, 10 * 160L + 160);
    }

    @Test
    void an_ear_keeps_its_rate_when_the_line_changes_its_codec() {
        bench.ear.answered();
        Ear ear = bench.ear.openEar();
        hearFrames(0, 10);
        bench.ear.codec("opus");
        bench.run(1);
        assertThat(ear.sampleRateHz()).isEqualTo(8000);
        assertThat(bench.ear.openEar().sampleRateHz()).isEqualTo(16_000);
    }

    @Test
    void readers_learn_of_the_end() {
        Ear ear = bench.ear.openEar();
        bench.ear.answered();
        hearFrames(0, 1);
        bench.ear.close();
        bench.run(1);

        short[] pcm = new short[480];
        assertThat(ear.read(pcm, 0, new EarFrame())).isEqualTo(160);
        assertThat(ear.read(pcm, 0, new EarFrame())).isEqualTo(-1);
    }

    @Test
    void a_tap_hears_early_media_and_reports() {
        bench.ear.addTap(7, (pcm, offset, samples, rate, sampleTime, flags, sink) -> sink.emit(3, sampleTime));
        hearFrames(0, 1);

        assertThat(bench.events).singleElement().isInstanceOfSatisfying(LegEvent.Tapped.class, tapped -> {
            assertThat(tapped.tapId()).isEqualTo(7);
            assertThat(tapped.code()).isEqualTo(3);
            assertThat(tapped.value()).isNegative();
        });
    }

    @Test
    void speech_that_stops_without_packets_ends_as_well() {
        bench.ear.answered();
        short[] quiet = new short[160];
        for (int i = 0; i < 25; i++) {
            bench.hear(quiet, 0);
        }
        java.util.Random noise = new java.util.Random(4);
        short[] loud = new short[160];
        for (int i = 0; i < 25; i++) {
            for (int s = 0; s < 160; s++) {
                loud[s] = (short) (noise.nextGaussian() * 4000);
            }
            bench.hear(loud, 0);
        }
        bench.run(400);

        assertThat(bench.events).hasSize(2);
        assertThat(bench.events.get(0)).isInstanceOf(LegEvent.SpeechStarted.class);
        assertThat(bench.events.get(1))
                .isInstanceOfSatisfying(
                        LegEvent.SpeechEnded.class,
                        ended -> assertThat(ended.speechEndNanos()).isBetween(960_000_000L, 1_001_000_000L));
    }
}
