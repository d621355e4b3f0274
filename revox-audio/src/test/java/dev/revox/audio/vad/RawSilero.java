package dev.revox.audio.vad;

import dev.revox.audio.onnx.ModelFile;
import dev.revox.audio.onnx.ModelStore;
import dev.revox.audio.onnx.OnnxModel;
import dev.revox.audio.onnx.OnnxRun;

/** The network called as its authors describe it: one stream, one window after the other, every window. */
final class RawSilero {

    private RawSilero() {}

    static float[] all(ModelFile file, ModelStore store, int rateHz, short[] pcm) {
        int window = rateHz / 1000 * 32;
        int context = rateHz / 1000 * 4;
        float[] said = new float[pcm.length / window];
        try (OnnxModel model = OnnxModel.load(file, store);
                OnnxRun run = model.run()
                        .floatInput("input", 1, context + window)
                        .floatInput("state", 2, 1, 128)
                        .longInput("sr")
                        .floatOutput("output", 1, 1)
                        .floatOutput("stateN", 2, 1, 128)
                        .build()) {
            run.longs("sr").put(0, rateHz);
            for (int w = 0; w < said.length; w++) {
                for (int i = -context; i < window; i++) {
                    int at = w * window + i;
                    run.floats("input").put(context + i, at < 0 ? 0f : pcm[at] / 32768f);
                }
                if (!run.run()) {
                    throw new IllegalStateException("the network failed");
                }
                run.floats("state").put(0, run.floats("stateN"), 0, 2 * 128);
                said[w] = run.floats("output").get(0);
            }
        }
        return said;
    }
}
