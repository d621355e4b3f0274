package dev.revox.audio.vad;

import dev.revox.audio.onnx.OnnxModel;
import dev.revox.audio.onnx.OnnxRun;
import java.nio.FloatBuffer;

/**
 * Silero's judgement of one stream.
 *
 * <p>The network wants each window of 32 ms together with the last 4 ms before it, and hands over a state from window to
 * window. Should a run fail, that window is judged by its energy: a call must not go deaf over it.
 *
 * <p><b>Thread:</b> Confined to the media loop.
 */
final class SileroDetector implements VoiceActivityDetector {

    static final String NAME = "silero";

    private static final int WINDOW_MS = 32;
    private static final int CONTEXT_MS = 4;
    private static final int STATE = 2 * 128;
    private static final float FULL_SCALE = 32768f;

    private final int rateHz;
    private final int windowSamples;
    private final int contextSamples;
    private final OnnxRun run;
    private final FloatBuffer input;
    private final FloatBuffer state;
    private final FloatBuffer newState;
    private final FloatBuffer output;
    private final EnergyDetector spare;

    SileroDetector(OnnxModel model, int rateHz) {
        this.rateHz = rateHz;
        windowSamples = rateHz / 1000 * WINDOW_MS;
        contextSamples = rateHz / 1000 * CONTEXT_MS;
        spare = new EnergyDetector(rateHz);
        run = model.run()
                .floatInput("input", 1, contextSamples + windowSamples)
                .floatInput("state", 2, 1, 128)
                .longInput("sr")
                .floatOutput("output", 1, 1)
                .floatOutput("stateN", 2, 1, 128)
                .build();
        input = run.floats("input");
        state = run.floats("state");
        newState = run.floats("stateN");
        output = run.floats("output");
        run.longs("sr").put(0, rateHz);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int sampleRateHz() {
        return rateHz;
    }

    @Override
    public int windowSamples() {
        return windowSamples;
    }

    @Override
    public float probability(short[] pcm, int offset) {
        for (int i = 0; i < windowSamples; i++) {
            input.put(contextSamples + i, pcm[offset + i] / FULL_SCALE);
        }
        boolean judged = run.run();
        for (int i = 0; i < contextSamples; i++) {
            input.put(i, input.get(windowSamples + i));
        }
        float byEnergy = spare.probability(pcm, offset);
        if (!judged) {
            return byEnergy;
        }
        state.put(0, newState, 0, STATE);
        return Math.max(0f, Math.min(1f, output.get(0)));
    }

    @Override
    public void reset() {
        for (int i = 0; i < STATE; i++) {
            state.put(i, 0f);
        }
        for (int i = 0; i < contextSamples; i++) {
            input.put(i, 0f);
        }
        spare.reset();
    }

    @Override
    public void close() {
        run.close();
    }
}
