package dev.revox.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.codec.Codecs;
import dev.revox.audio.codec.FrameDecoder;
import dev.revox.audio.codec.FrameEncoder;
import dev.revox.audio.onnx.ModelFile;
import dev.revox.audio.onnx.ModelSpec;
import dev.revox.audio.onnx.ModelStore;
import dev.revox.audio.resample.Resampler;
import dev.revox.audio.speech.LabelledSpeech;
import dev.revox.audio.speech.Speech;
import dev.revox.audio.vad.VoiceActivity;
import dev.revox.audio.vad.VoiceActivityModel;
import dev.revox.line.LegEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How well speech is told from silence on a telephone line: spoken phrases with pauses of known lengths go through codec, network
 * and ear, and the edges that the ear tells are held against where the phrases are. Skipped without the model, espeak-ng or sox.
 */
class VoiceActivityQualityTest {

    private static final int FRAME = LegBench.FRAME;
    private static final double FRAME_NANOS = 20e6;

    @TempDir
    static Path folder;

    private static short[] clean = new short[0];
    private static boolean[] spoken = new boolean[0];
    private static List<LabelledSpeech.Span> phrases = List.of();

    @BeforeAll
    static void speak() {
        LabelledSpeech labelled = LabelledSpeech.speak(folder, 11);
        clean = narrow(labelled.pcm());
        phrases = labelled.phrases();
        spoken = new boolean[clean.length / FRAME];
        for (LabelledSpeech.Span phrase : phrases) {
            Arrays.fill(spoken, phrase.from() / 2 / FRAME, (phrase.to() / 2 - 1) / FRAME + 1, true);
        }
    }

    private static short[] narrow(short[] wide) {
        Resampler down = new Resampler(16_000, 8000, 1600);
        short[] out = new short[down.maxOut(wide.length)];
        return Arrays.copyOf(out, down.process(wide, 0, wide.length, out, 0));
    }

    /** Shares of frames, delays in milliseconds. */
    private record Quality(double precision, double recall, int missed, int falseStarts, double onset, double offset) {}

    private static VoiceActivityModel model() {
        ModelStore store = ModelStore.builder().cacheFolder(folder).build();
        Optional<ModelFile> file = store.find(ModelSpec.SILERO_VAD);
        Assumptions.assumeTrue(file.isPresent(), "needs REVOX_MODELS with silero_vad.onnx");
        return VoiceActivity.silero(file.orElseThrow(), store);
    }

    /** What a line with a steady noise of so many dB below the speech makes of it. */
    private static short[] noisy(double snrDb) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < spoken.length; i++) {
            if (spoken[i]) {
                double rms = Speech.rms(clean, i * FRAME, (i + 1) * FRAME);
                sum += rms * rms;
                count++;
            }
        }
        double amplitude = Math.sqrt(sum / count) / Math.pow(10, snrDb / 20);
        short[] noise = Speech.noise(clean.length, amplitude, 5);
        short[] mixed = new short[clean.length];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = (short) Math.clamp(clean[i] + noise[i], Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return mixed;
    }

    /** What another codec on the way makes of it. */
    private static short[] through(String codec) {
        try (FrameEncoder encoder = Codecs.encoder(codec);
                FrameDecoder decoder = Codecs.decoder(codec)) {
            Resampler up = new Resampler(8000, encoder.sampleRateHz(), 1600);
            Resampler down = new Resampler(decoder.sampleRateHz(), 8000, 4800);
            int frame = encoder.sampleRateHz() / 50;
            short[] wide = new short[up.maxOut(clean.length) + frame];
            int samples = up.process(clean, 0, clean.length, wide, 0);
            short[] out = new short[down.maxOut(decoder.sampleRateHz() / 8000 * clean.length + 48_000)];
            byte[] packet = new byte[1500];
            short[] heard = new short[decoder.sampleRateHz() / 1000 * FrameDecoder.MAX_PACKET_MS];
            int written = 0;
            for (int at = 0; at < samples; at += frame) {
                int bytes = encoder.encode(wide, at, frame, packet, 0);
                int decoded = decoder.decode(packet, 0, bytes, heard, 0);
                written += down.process(heard, 0, decoded, out, written);
            }
            return Arrays.copyOf(out, clean.length);
        }
    }

    private static Quality measure(String name, VoiceActivityModel model, short[] pcm, double loss) {
        LegBench bench = new LegBench(model);
        Random random = new Random(17);
        bench.ear.answered();
        bench.tick();
        long start = bench.time.nanoTime();
        for (int i = 0; i < spoken.length; i++) {
            if (random.nextDouble() < loss) {
                bench.skipOnWire();
                bench.run(20);
            } else {
                bench.hear(pcm, i * FRAME);
            }
        }
        bench.run(1000);
        Quality quality = judged(bench.events, start);
        System.out.printf(
                "VAD quality | %s | precision %.3f | recall %.3f | phrases missed %d | false starts %d | onset %.0f ms | offset %.0f ms%n",
                name,
                quality.precision(),
                quality.recall(),
                quality.missed(),
                quality.falseStarts(),
                quality.onset(),
                quality.offset());
        return quality;
    }

    private static Quality judged(List<LegEvent> events, long start) {
        boolean[] said = new boolean[spoken.length];
        List<Double> onsets = new ArrayList<>();
        List<Double> offsets = new ArrayList<>();
        boolean[] found = new boolean[phrases.size()];
        int falseStarts = 0;
        int from = 0;
        for (LegEvent event : events) {
            if (event instanceof LegEvent.SpeechStarted began) {
                from = frame(began.speechStartNanos(), start);
                int phrase = phraseAt(from - 5, from + 5);
                if (phrase < 0) {
                    falseStarts++;
                } else if (!found[phrase]) {
                    found[phrase] = true;
                    onsets.add((began.atNanos() - start) / 1e6 - 20.0 * firstFrame(phrase));
                }
            } else if (event instanceof LegEvent.SpeechEnded ended) {
                int to = frame(ended.speechEndNanos(), start);
                Arrays.fill(said, Math.max(0, from), Math.min(said.length, to + 1), true);
                int phrase = phraseAt(to - 5, to + 5);
                if (phrase >= 0) {
                    offsets.add((ended.atNanos() - start) / 1e6 - 20.0 * lastFrame(phrase));
                }
            }
        }
        int right = 0;
        int told = 0;
        int there = 0;
        for (int i = 0; i < said.length; i++) {
            right += said[i] && spoken[i] ? 1 : 0;
            told += said[i] ? 1 : 0;
            there += spoken[i] ? 1 : 0;
        }
        int missed = 0;
        for (boolean each : found) {
            missed += each ? 0 : 1;
        }
        return new Quality(
                (double) right / told, (double) right / there, missed, falseStarts, median(onsets), median(offsets));
    }

    private static int frame(long nanos, long start) {
        return (int) Math.round((nanos - start) / FRAME_NANOS);
    }

    private static int firstFrame(int phrase) {
        return phrases.get(phrase).from() / 2 / FRAME;
    }

    private static int lastFrame(int phrase) {
        return (phrases.get(phrase).to() / 2 - 1) / FRAME;
    }

    private static int phraseAt(int from, int to) {
        for (int i = 0; i < phrases.size(); i++) {
            if (firstFrame(i) <= to && lastFrame(i) >= from) {
                return i;
            }
        }
        return -1;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }

    @Test
    void phrases_are_found_where_they_are_on_clean_noisy_and_lossy_lines() {
        try (VoiceActivityModel silero = model()) {
            Quality line = measure("clean", silero, clean, 0);
            Quality opus = measure("Opus on the way", silero, through("opus"), 0);
            Quality g722 = measure("G.722 on the way", silero, through("g722"), 0);
            Quality noise20 = measure("noise 20 dB below", silero, noisy(20), 0);
            Quality noise10 = measure("noise 10 dB below", silero, noisy(10), 0);
            Quality lossy = measure("5 % lost", silero, clean, 0.05);

            for (Quality quality : List.of(line, opus, g722, noise20, lossy)) {
                assertThat(quality.missed()).isZero();
                assertThat(quality.falseStarts()).isZero();
                assertThat(quality.precision()).isGreaterThan(0.9);
                assertThat(quality.recall()).isGreaterThan(0.9);
            }
            assertThat(noise10.missed()).isLessThanOrEqualTo(phrases.size() / 16);
        }
    }

    @Test
    void the_energy_rule_finds_phrases_on_a_clean_line() {
        Quality energy = measure("clean, by energy", VoiceActivity.energy("test"), clean, 0);

        assertThat(energy.missed()).isZero();
        assertThat(energy.recall()).isGreaterThan(0.85);
    }
}
