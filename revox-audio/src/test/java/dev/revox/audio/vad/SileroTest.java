package dev.revox.audio.vad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.revox.audio.onnx.ModelFile;
import dev.revox.audio.onnx.ModelSpec;
import dev.revox.audio.onnx.ModelStore;
import dev.revox.audio.resample.Resampler;
import dev.revox.audio.speech.Speech;
import dev.revox.line.ListenSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real network on real speech; skipped where it is not installed. */
class SileroTest {

    /** So many windows of silence at the end of each round. */
    private static final int PAUSE_MS = 3_200;

    private static final float SPEECH = 0.5f;

    @TempDir
    static Path cache;

    private static ModelStore store() {
        return ModelStore.builder().cacheFolder(cache).build();
    }

    private static ModelFile file() {
        Optional<ModelFile> file = store().find(ModelSpec.SILERO_VAD);
        Assumptions.assumeTrue(file.isPresent(), "needs REVOX_MODELS with silero_vad.onnx");
        return file.orElseThrow();
    }

    /** Recorded speech with a pause of faint noise after it. */
    private static short[] speech(int rateHz) {
        short[] recorded = Speech.recorded("speech-" + rateHz / 1000 + "k.wav").samples()[0];
        int pause = rateHz / 1000 * PAUSE_MS;
        short[] all = Arrays.copyOf(recorded, recorded.length + pause);
        System.arraycopy(Speech.noise(pause, 6, 3), 0, all, recorded.length, pause);
        return all;
    }

    private record Edge(SpeechGate.Edge what, int window) {}

    /** Starts and ends; a pause is a guess that a probability near the threshold moves by more than a window. */
    private static List<Edge> edges(float[] probabilities, int rateHz, short[] pcm) {
        int window = rateHz / 1000 * 32;
        SpeechGate gate = new SpeechGate(ListenSettings.DEFAULT, rateHz, window);
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < probabilities.length; i++) {
            SpeechGate.Edge edge = gate.accept(probabilities[i], pcm, i * window, (long) i * window, false);
            if (edge == SpeechGate.Edge.STARTED || edge == SpeechGate.Edge.ENDED) {
                edges.add(new Edge(edge, i));
            }
        }
        return edges;
    }

    private static long different(float[] one, float[] other) {
        assertThat(one).hasSameSizeAs(other);
        long different = 0;
        for (int i = 0; i < one.length; i++) {
            different += one[i] >= SPEECH == other[i] >= SPEECH ? 0 : 1;
        }
        return different;
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16_000})
    void the_silence_gate_changes_no_edge_and_hardly_a_decision(int rateHz) {
        short[] speech = speech(rateHz);
        float[] plain = RawSilero.all(file(), store(), rateHz, speech);
        try (VoiceActivityModel model = VoiceActivity.silero(file(), store());
                VoiceActivityPanel panel = model.panel()) {
            float[] ours = Judge.all(panel, rateHz, speech);

            assertThat(different(ours, plain)).isLessThanOrEqualTo(plain.length / 1000);
            assertThat(edges(ours, rateHz, speech)).isEqualTo(edges(plain, rateHz, speech));
        }
    }

    @Test
    void streams_judged_in_one_batch_are_judged_as_each_alone() {
        int rateHz = 8000;
        int streams = 30;
        short[] speech = speech(rateHz);
        int window = 256;
        int windows = 300;
        try (VoiceActivityModel model = VoiceActivity.silero(file(), store());
                VoiceActivityPanel panel = model.panel();
                VoiceActivityPanel alone = model.panel()) {
            List<Judge> together = new ArrayList<>();
            for (int i = 0; i < streams; i++) {
                together.add(new Judge(panel, rateHz));
            }
            for (int w = 0; w < windows; w++) {
                for (int i = 0; i < streams; i++) {
                    together.get(i).stream.submit(speech, (w + 40 * i) * window, w * 32_000_000L + i);
                }
                panel.judgeDue(w * 32_000_000L + 3_000_001L + streams);
            }
            for (int i = 0; i < streams; i += 7) {
                float[] expected = Judge.all(
                        alone, rateHz, Arrays.copyOfRange(speech, 40 * i * window, (40 * i + windows) * window));
                float[] said = together.get(i).said();
                assertThat(said).hasSize(windows);
                for (int w = 0; w < windows; w++) {
                    assertThat(said[w]).isCloseTo(expected[w], within(1e-4f));
                }
            }
        }
    }

    @Test
    void a_silent_line_costs_no_network_and_speech_after_it_is_heard_as_ever() {
        int rateHz = 8000;
        short[] recorded = Speech.recorded("speech-8k.wav").samples()[0];
        short[] pcm = new short[rateHz * 40];
        System.arraycopy(Speech.noise(rateHz * 20, 4, 5), 0, pcm, 0, rateHz * 20);
        System.arraycopy(recorded, 0, pcm, rateHz * 20, rateHz * 20);
        float[] plain = RawSilero.all(file(), store(), rateHz, pcm);
        try (VoiceActivityModel model = VoiceActivity.silero(file(), store());
                VoiceActivityPanel panel = model.panel()) {
            float[] ours = Judge.all(panel, rateHz, pcm);

            long passedOver = 0;
            for (int i = 0; i < rateHz * 20 / 256; i++) {
                passedOver += ours[i] == 0f ? 1 : 0;
            }
            assertThat(passedOver).isGreaterThan(500);
            List<Edge> expected = edges(plain, rateHz, pcm);
            List<Edge> found = edges(ours, rateHz, pcm);
            assertThat(found)
                    .extracting(Edge::what)
                    .isEqualTo(expected.stream().map(Edge::what).toList());
            for (int i = 0; i < found.size(); i++) {
                // The state before the first word is not quite the same: an edge may move by a window.
                assertThat(found.get(i).window()).isCloseTo(expected.get(i).window(), within(1));
            }
        }
    }

    @Test
    void best_is_silero_where_its_model_is_and_energy_with_a_reason_where_not() {
        try (VoiceActivityModel model = VoiceActivity.best(store())) {
            boolean there = store().find(ModelSpec.SILERO_VAD).isPresent();
            assertThat(model.name()).isEqualTo(there ? "silero" : "energy");
            assertThat(model.reason()).contains("silero_vad.onnx");
            assertThat(model.file().isPresent()).isEqualTo(there);
        }
    }

    @Test
    void real_speech_is_heard_as_speech_and_noise_is_not() {
        short[] speech = Speech.recorded("speech-16k.wav").samples()[0];
        try (VoiceActivityModel model = VoiceActivity.silero(file(), store());
                VoiceActivityPanel panel = model.panel()) {
            float[] probabilities = Judge.all(panel, 16_000, speech);
            long heard = 0;
            for (float probability : probabilities) {
                heard += probability >= SPEECH ? 1 : 0;
            }
            assertThat(heard).isGreaterThan(probabilities.length / 2);
            for (float probability : Judge.all(panel, 8000, Speech.noise(80_000, 300, 7))) {
                assertThat(probability).isLessThan(SPEECH);
            }
        }
    }

    @Test
    void decisions_at_8_khz_are_close_to_those_at_16_khz() {
        short[] wideband = Speech.recorded("speech-16k.wav").samples()[0];
        Resampler down = new Resampler(16_000, 8000, 1600);
        short[] narrowband = new short[down.maxOut(wideband.length)];
        int samples = down.process(wideband, 0, wideband.length, narrowband, 0);
        short[] narrow = Arrays.copyOf(narrowband, samples);
        try (VoiceActivityModel model = VoiceActivity.silero(file(), store());
                VoiceActivityPanel panel = model.panel();
                VoiceActivityPanel energy = VoiceActivity.energy("test").panel()) {
            float[] at8 = Judge.all(panel, 8000, narrow);
            float[] at16 = Arrays.copyOf(Judge.all(panel, 16_000, wideband), at8.length);
            float[] byEnergy = Judge.all(energy, 8000, narrow);
            System.out.printf(
                    "VAD: of %d windows, 8 kHz decides otherwise than 16 kHz in %d, energy in %d%n",
                    at8.length, different(at8, at16), different(byEnergy, at16));
            assertThat((double) different(at8, at16) / at8.length).isLessThan(0.06);
            assertThat((double) different(byEnergy, at16) / at8.length).isLessThan(0.35);
        }
    }
}
