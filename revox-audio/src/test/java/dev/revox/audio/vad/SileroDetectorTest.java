package dev.revox.audio.vad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.revox.audio.onnx.ModelFile;
import dev.revox.audio.onnx.ModelSpec;
import dev.revox.audio.onnx.ModelStore;
import dev.revox.audio.resample.Resampler;
import dev.revox.audio.speech.Allocation;
import dev.revox.audio.speech.Speech;
import dev.revox.audio.speech.TinyNetwork;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SileroDetectorTest {

    @TempDir
    static Path cache;

    private static ModelStore store() {
        return ModelStore.builder().cacheFolder(cache).build();
    }

    private static VoiceActivityModel tiny(byte[] bytes) {
        ModelFile file = new ModelFile(ModelSpec.SILERO_VAD, bytes, Optional.empty(), "this test");
        return VoiceActivity.silero(file, store());
    }

    /** The real network; skips the test where it is not installed. */
    private static VoiceActivityModel real() {
        Optional<ModelFile> file = store().find(ModelSpec.SILERO_VAD);
        Assumptions.assumeTrue(file.isPresent(), "needs REVOX_MODELS with silero_vad.onnx");
        return VoiceActivity.silero(file.orElseThrow(), store());
    }

    private static float[] probabilities(VoiceActivityDetector detector, short[] pcm) {
        float[] result = new float[pcm.length / detector.windowSamples()];
        for (int i = 0; i < result.length; i++) {
            result[i] = detector.probability(pcm, i * detector.windowSamples());
        }
        return result;
    }

    @Test
    void each_window_goes_in_with_the_last_4_ms_before_it_and_the_state_is_handed_on() {
        try (VoiceActivityModel model = tiny(TinyNetwork.bytes());
                VoiceActivityDetector detector = model.open(8000)) {
            assertThat(detector.windowSamples()).isEqualTo(256);
            short[] window = new short[256];
            window[255] = 8192;
            short[] silence = new short[256];
            assertThat(detector.probability(window, 0)).isEqualTo(0.25f);
            // The loud sample is now context, and the state has kept its 0.25.
            assertThat(detector.probability(silence, 0)).isEqualTo(0.5f);
            assertThat(detector.probability(silence, 0)).isEqualTo(0.5f);
            detector.reset();
            assertThat(detector.probability(silence, 0)).isZero();
        }
    }

    @Test
    void windows_at_16_khz_are_512_samples() {
        try (VoiceActivityModel model = tiny(TinyNetwork.bytes());
                VoiceActivityDetector detector = model.open(16_000)) {
            assertThat(detector.windowSamples()).isEqualTo(512);
            short[] two = new short[1024];
            two[800] = -16_384;
            assertThat(detector.probability(two, 0)).isZero();
            assertThat(detector.probability(two, 512)).isEqualTo(0.5f);
        }
    }

    @Test
    void a_network_of_another_signature_is_found_out_when_it_is_loaded() {
        assertThatThrownBy(() -> tiny(TinyNetwork.bytes("verdict"))).hasMessageContaining("verdict");
    }

    @Test
    void best_is_silero_where_its_model_is_and_energy_with_a_reason_where_not() {
        try (VoiceActivityModel model = VoiceActivity.best(store())) {
            boolean there = store().find(ModelSpec.SILERO_VAD).isPresent();
            assertThat(model.name()).isEqualTo(there ? "silero" : "energy");
            assertThat(model.reason()).contains("silero_vad.onnx");
            assertThat(model.file().isPresent()).isEqualTo(there);
            assertThatThrownBy(() -> model.open(48_000)).hasMessageContaining("sampleRateHz");
        }
    }

    @Test
    void our_own_code_allocates_nothing_per_window_and_onnx_runtime_is_reported() {
        try (VoiceActivityModel model = tiny(TinyNetwork.bytes());
                VoiceActivityDetector detector = model.open(8000)) {
            short[] window = Speech.noise(256, 1000, 1);
            float[] sum = new float[1];
            long bytes = Allocation.ofRounds(2000, () -> sum[0] += detector.probability(window, 0)) / 2000;
            System.out.printf("VAD: ONNX Runtime allocates %d bytes per window%n", bytes);
            assertThat(bytes).isLessThan(1024);
        }
    }

    @Test
    void real_speech_is_heard_as_speech_and_noise_is_not() {
        short[] speech = Speech.recorded("speech-16k.wav").samples()[0];
        try (VoiceActivityModel model = real();
                VoiceActivityDetector wide = model.open(16_000);
                VoiceActivityDetector narrow = model.open(8000)) {
            float[] probabilities = probabilities(wide, speech);
            long heard = 0;
            for (float probability : probabilities) {
                heard += probability >= 0.5f ? 1 : 0;
            }
            assertThat(heard).isGreaterThan(probabilities.length / 2);
            for (float probability : probabilities(narrow, Speech.noise(80_000, 300, 7))) {
                assertThat(probability).isLessThan(0.5f);
            }
        }
    }

    @Test
    void decisions_at_8_khz_are_close_to_those_at_16_khz() {
        short[] wideband = Speech.recorded("speech-16k.wav").samples()[0];
        Resampler down = new Resampler(16_000, 8000, 1600);
        short[] narrowband = new short[down.maxOut(wideband.length)];
        int samples = down.process(wideband, 0, wideband.length, narrowband, 0);
        try (VoiceActivityModel model = real();
                VoiceActivityDetector wide = model.open(16_000);
                VoiceActivityDetector narrow = model.open(8000);
                VoiceActivityDetector energy = VoiceActivity.energy("test").open(8000)) {
            float[] at16 = probabilities(wide, wideband);
            short[] narrowOnly = Arrays.copyOf(narrowband, samples);
            float[] at8 = probabilities(narrow, narrowOnly);
            float[] byEnergy = probabilities(energy, narrowOnly);
            int different = 0;
            int energyDifferent = 0;
            for (int i = 0; i < at8.length; i++) {
                different += at16[i] >= 0.5f == at8[i] >= 0.5f ? 0 : 1;
                energyDifferent += at16[i] >= 0.5f == byEnergy[i] >= 0.5f ? 0 : 1;
            }
            System.out.printf(
                    "VAD: of %d windows, 8 kHz decides otherwise than 16 kHz in %d, energy in %d%n",
                    at8.length, different, energyDifferent);
            assertThat((double) different / at8.length).isLessThan(0.06);
            assertThat((double) energyDifferent / at8.length).isLessThan(0.35);
        }
    }

    @Test
    void streams_of_one_model_do_not_disturb_each_other() {
        short[] speech = Arrays.copyOf(Speech.recorded("speech-8k.wav").samples()[0], 8000 * 20);
        try (VoiceActivityModel model = real();
                VoiceActivityDetector alone = model.open(8000);
                VoiceActivityDetector mixed = model.open(8000);
                VoiceActivityDetector other = model.open(8000)) {
            float[] expected = probabilities(alone, speech);
            for (int i = 0; i < expected.length; i++) {
                other.probability(speech, (expected.length - 1 - i) * 256);
                assertThat(mixed.probability(speech, i * 256)).isCloseTo(expected[i], within(1e-6f));
            }
        }
    }
}
