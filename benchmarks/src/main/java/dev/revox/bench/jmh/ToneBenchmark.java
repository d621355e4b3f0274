package dev.revox.bench.jmh;

import dev.revox.audio.mix.ClipLibrary;
import dev.revox.audio.mix.OutboundMix;
import dev.revox.audio.record.RecordingWriter;
import dev.revox.audio.record.StereoRecorder;
import dev.revox.audio.tone.DtmfDetector;
import dev.revox.audio.tone.ToneWatch;
import dev.revox.audio.tone.Tones;
import dev.revox.audio.tone.pattern.TonePattern;
import dev.revox.audio.tone.pattern.ToneSource;
import dev.revox.media.EarTap;
import dev.revox.media.recording.RecordingTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Listening for tones, mixing and recording, per frame of 20 ms at 8 kHz. */
@State(Scope.Thread)
public class ToneBenchmark {

    private static final int FRAME = RtpBytes.FRAME_SAMPLES;

    private final short[] hum = Sounds.hum(8000, 20);
    private final short[] keys = ToneSource.sound(
            new TonePattern(Tones.digit('5', 100).then(TonePattern.silence(100)).steps(), true), 8000, 1000);
    private final short[] frame = new short[FRAME];
    private final int[] heard = new int[1];
    private final EarTap.Sink sink = (code, value) -> heard[0]++;
    private final DtmfDetector digits = new DtmfDetector((digit, ms) -> heard[0]++);
    private final ToneWatch watch = new ToneWatch();
    private final ToneWatch watchWithDigits = new ToneWatch();
    private final OutboundMix background = new OutboundMix();
    private final OutboundMix both = new OutboundMix();
    private final Path folder = folder();
    private final RecordingWriter writer = RecordingWriter.start();
    private final StereoRecorder recorder = writer.record(RecordingTarget.wav(folder.resolve("bench.wav")), 8000);
    private int at;
    private long sampleTime;

    private static Path folder() {
        try {
            return Files.createTempDirectory("revox-bench");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Setup
    public void prepare() {
        ClipLibrary clips = new ClipLibrary(Map.of());
        background.background(clips.find("audio/office.ogg").join(), 0.3);
        both.background(clips.find("audio/office.ogg").join(), 0.3);
        both.thinking(clips.find("keyboard-typing.ogg").join(), 0.5);
        watchWithDigits.hearDigits(true);
    }

    @TearDown
    public void sweep() throws IOException {
        writer.close();
        Files.deleteIfExists(recorder.file());
        Files.deleteIfExists(folder);
    }

    /** A key is held down half of the time. */
    @Benchmark
    public int detectDigits() {
        at = (at + FRAME) % (keys.length - FRAME);
        digits.accept(keys, at, FRAME);
        return heard[0];
    }

    /** What every leg pays while somebody speaks: beeps, call progress, fax. */
    @Benchmark
    public int watchForTones() {
        sampleTime += FRAME;
        watch.onFrame(hum, 0, FRAME, 8000, sampleTime, 0, sink);
        return heard[0];
    }

    /** The same on a line without named events. */
    @Benchmark
    public int watchForTonesAndDigits() {
        sampleTime += FRAME;
        watchWithDigits.onFrame(hum, 0, FRAME, 8000, sampleTime, 0, sink);
        return heard[0];
    }

    @Benchmark
    public int mixBackground() {
        System.arraycopy(hum, 0, frame, 0, FRAME);
        background.finish(frame, FRAME, FRAME, 8000);
        return frame[0];
    }

    @Benchmark
    public int mixBackgroundAndThinking() {
        java.util.Arrays.fill(frame, (short) 0);
        both.finish(frame, 0, FRAME, 8000);
        return frame[0];
    }

    /** Both sides; a disk that does not keep up costs sound and not time. */
    @Benchmark
    public long recordBothSides() {
        recorder.otherSide(hum, 0, FRAME, sampleTime);
        recorder.ourSide(hum, 0, FRAME, sampleTime);
        sampleTime += FRAME;
        return sampleTime;
    }
}
