package dev.revox.audio.vad;

import dev.revox.audio.onnx.ModelFile;
import dev.revox.audio.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The Silero network, loaded once and shared by the panels of all loops.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class SileroModel implements VoiceActivityModel {

    static final String NAME = "silero";

    private final OnnxModel model;
    private final ModelFile file;

    SileroModel(OnnxModel model, ModelFile file) {
        this.model = model;
        this.file = file;
    }

    @Override
    public VoiceActivityPanel panel() {
        return new SileroPanel(model);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Path> file() {
        return file.path();
    }

    @Override
    public String reason() {
        return "Silero VAD (" + file.spec().fileName() + ") from " + file.origin();
    }

    @Override
    public void close() {
        model.close();
    }
}
