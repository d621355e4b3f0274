package dev.revox.audio.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.RevoxException;
import dev.revox.audio.speech.TinyNetwork;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxModelTest {

    private static final URI ANYWHERE = URI.create("https://models.example/");

    @TempDir
    static Path cache;

    private static OnnxModel load(byte[] bytes) {
        ModelSpec spec = new ModelSpec("tiny.onnx", Sha256.of(bytes), ANYWHERE, ANYWHERE);
        ModelStore store = ModelStore.builder().cacheFolder(cache).build();
        return OnnxModel.load(new ModelFile(spec, bytes, Optional.empty(), "this test"), store);
    }

    private static OnnxRun run(OnnxModel model) {
        return model.run()
                .floatInput("input", 1, 4)
                .floatInput("state", 2, 1, 128)
                .longInput("sr")
                .floatOutput("output", 1, 1)
                .floatOutput("stateN", 2, 1, 128)
                .build();
    }

    @Test
    void a_run_reads_its_input_buffers_and_writes_its_output_buffers() {
        try (OnnxModel model = load(TinyNetwork.bytes());
                OnnxRun run = run(model)) {
            run.floats("input").put(0, new float[] {0.25f, -0.5f, 0f, 0.125f});
            run.floats("state").put(200, 0.25f);
            run.longs("sr").put(0, 8000);
            assertThat(run.run()).isTrue();
            assertThat(run.floats("output").get(0)).isEqualTo(0.75f);
            assertThat(run.floats("stateN").get(200)).isEqualTo(0.75f);
            assertThat(run.floats("stateN").get(0)).isEqualTo(0.5f);
            run.floats("input").put(1, 0f);
            assertThat(run.run()).isTrue();
            assertThat(run.floats("output").get(0)).isEqualTo(0.5f);
        }
    }

    @Test
    void runs_of_one_model_do_not_see_each_other() {
        try (OnnxModel model = load(TinyNetwork.bytes());
                OnnxRun one = run(model);
                OnnxRun other = run(model)) {
            one.floats("input").put(0, 0.5f);
            assertThat(one.run()).isTrue();
            assertThat(other.run()).isTrue();
            assertThat(one.floats("output").get(0)).isEqualTo(0.5f);
            assertThat(other.floats("output").get(0)).isZero();
        }
    }

    @Test
    void a_run_after_its_end_fails_quietly() {
        try (OnnxModel model = load(TinyNetwork.bytes())) {
            OnnxRun run = run(model);
            run.close();
            assertThat(run.run()).isFalse();
        }
    }

    @Test
    void a_file_that_is_no_network_is_refused() {
        assertThatThrownBy(() -> load(new byte[100]))
                .isInstanceOf(RevoxException.class)
                .hasMessageContaining("tiny.onnx")
                .hasMessageContaining("this test");
    }

    @Test
    void a_network_of_another_signature_is_refused_with_both_signatures() {
        try (OnnxModel model = load(TinyNetwork.bytes("verdict"))) {
            assertThatThrownBy(() -> run(model))
                    .isInstanceOf(RevoxException.class)
                    .hasMessageContaining("verdict")
                    .hasMessageContaining("output");
        }
    }

    @Test
    void x14_native_code_is_loaded_from_the_checked_folder() {
        load(TinyNetwork.bytes()).close();
        assertThat(System.getProperty(NativeLibrary.PATH_PROPERTY)).contains("onnxruntime-1.28.0-");
    }
}
