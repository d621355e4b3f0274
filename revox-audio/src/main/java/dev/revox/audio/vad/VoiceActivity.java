package dev.revox.audio.vad;

import dev.revox.RevoxException;
import dev.revox.audio.onnx.ModelFile;
import dev.revox.audio.onnx.ModelSpec;
import dev.revox.audio.onnx.ModelStore;
import dev.revox.audio.onnx.OnnxModel;
import java.util.Optional;

/**
 * The ways to get a {@link VoiceActivityModel}.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class VoiceActivity {

    /** The lower of the two rates at which voice activity is judged: {@value}. */
    static final int NARROWBAND_HZ = 8000;

    /** The higher one: {@value}. */
    static final int WIDEBAND_HZ = 16_000;

    private VoiceActivity() {}

    /**
     * The built-in rule, for when there is no network: sound well above the line's noise is speech.
     *
     * @param reason why this one was taken, as {@link VoiceActivityModel#reason()} tells it
     */
    public static VoiceActivityModel energy(String reason) {
        return new EnergyModel(reason);
    }

    /**
     * Silero, if its model is found and runs here, else the energy rule; {@link VoiceActivityModel#reason()} says which and
     * why, and is worth one line in the log.
     *
     * @throws RevoxException when a model file is found that is not the pinned one
     */
    public static VoiceActivityModel best(ModelStore store) {
        Optional<ModelFile> file = store.find(ModelSpec.SILERO_VAD);
        if (file.isEmpty()) {
            return energy("energy VAD: " + ModelSpec.SILERO_VAD.fileName() + " was found nowhere (looked at "
                    + store.places(ModelSpec.SILERO_VAD) + ")");
        }
        try {
            return silero(file.get(), store);
        } catch (RevoxException e) {
            return energy("energy VAD: " + e.getMessage());
        }
    }

    /**
     * Silero from a model file.
     *
     * @throws RevoxException when the file is no such network or ONNX Runtime does not run on this machine
     */
    public static VoiceActivityModel silero(ModelFile file, ModelStore store) {
        SileroModel model = new SileroModel(OnnxModel.load(file, store), file);
        // A network of another shape is found out here and not in the first call.
        try (VoiceActivityPanel panel = model.panel()) {
            panel.open(NARROWBAND_HZ, (probability, nowNanos) -> {}).close();
            return model;
        } catch (RevoxException e) {
            model.close();
            throw e;
        }
    }

    static int checkedRate(int sampleRateHz) {
        if (sampleRateHz != NARROWBAND_HZ && sampleRateHz != WIDEBAND_HZ) {
            throw new IllegalArgumentException("sampleRateHz must be 8000 or 16000, was " + sampleRateHz);
        }
        return sampleRateHz;
    }
}
