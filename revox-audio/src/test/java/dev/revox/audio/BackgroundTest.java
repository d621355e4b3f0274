package dev.revox.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.mix.Clip;
import dev.revox.audio.mix.ClipLibrary;
import dev.revox.audio.record.RecordingWriter;
import dev.revox.audio.record.StereoRecorder;
import dev.revox.audio.speech.Speech;
import dev.revox.audio.wav.WavFile;
import dev.revox.line.LegEvent;
import dev.revox.media.Ear;
import dev.revox.media.EarFrame;
import dev.revox.media.MediaFormat;
import dev.revox.media.Segment;
import dev.revox.media.recording.RecordingTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a background changes and what it leaves alone. */
final class BackgroundTest {

    private static final Clip OFFICE =
            new ClipLibrary(Map.of()).find("audio/office.ogg").join();

    private static List<LegEvent> speak(LegBench bench) {
        bench.run(500);
        bench.mouth.say(Segment.of(1), MediaFormat.pcm(16_000), LegBench.constant(16_000, 3000));
        bench.run(200);
        bench.mouth.pause();
        bench.run(100);
        bench.mouth.resume();
        bench.mouth.say(Segment.of(2), MediaFormat.pcm(16_000), LegBench.constant(160_000, 3000));
        bench.run(1200);
        bench.mouth.flush();
        bench.run(40);
        return bench.events;
    }

    @Test
    void what_was_said_is_counted_as_without_it_and_the_ear_hears_nothing_of_it() {
        LegBench plain = new LegBench();
        LegBench bench = new LegBench();
        bench.ear.answered();
        Ear ear = bench.ear.openEar();
        bench.loop.execute(() -> bench.mouth.mix().background(OFFICE, 0.3));

        assertThat(speak(bench)).isEqualTo(speak(plain)).isNotEmpty();
        assertThat(ear.read(new short[4800], 0, new EarFrame())).isZero();
        short[] sent = bench.sentSound();
        assertThat(Speech.rms(sent, sent.length - 160, sent.length)).isGreaterThan(100);
        assertThat(Speech.rms(plain.sentSound(), sent.length - 160, sent.length))
                .isLessThan(10);
    }

    @Test
    void the_recording_has_it_on_our_side(@TempDir Path folder) {
        LegBench bench = new LegBench();
        bench.ear.answered();
        bench.loop.execute(() -> bench.mouth.mix().background(OFFICE, 0.3));
        StereoRecorder recorder;
        try (RecordingWriter writer = RecordingWriter.start()) {
            recorder = writer.record(RecordingTarget.wav(folder.resolve("call.wav")), 8000);
            long now = bench.time.nanoTime();
            bench.loop.execute(() -> bench.leg.record(recorder, now));
            for (int i = 0; i < 100; i++) {
                bench.hear(new short[LegBench.FRAME], 0);
            }
            bench.loop.execute(bench.leg::stopRecording);
            bench.run(1);
        }
        WavFile file = WavFile.read(folder.resolve("call.wav"));
        assertThat(Speech.rms(file.samples()[1], 8000, 15_000)).isGreaterThan(300);
        assertThat(Speech.rms(file.samples()[0], 8000, 15_000)).isLessThan(10);
    }

    @Test
    void speech_waits_while_digits_are_sent_as_sound() {
        LegBench bench = new LegBench();
        bench.loop.execute(() -> assertThat(bench.mouth.mix().queueDigit('5')).isTrue());
        bench.mouth.say(Segment.of(1), MediaFormat.pcm(8000), LegBench.constant(1600, 3000));
        bench.run(540);
        assertThat(bench.playout()).isEmpty();
        bench.run(400);
        assertThat(bench.playout()).hasSize(2);
    }
}
