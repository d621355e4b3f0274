package dev.revox.bench.jmh;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.revox.audio.onnx.ModelStore;
import dev.revox.audio.vad.VoiceActivity;
import dev.revox.audio.vad.VoiceActivityModel;
import dev.revox.audio.vad.VoiceActivityPanel;
import java.nio.file.Path;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Silero's judgement of one window of 32 ms: ours for one, 8 and 64 calls of a loop, and the same network called in the plainest
 * way, with fresh tensors for each window. The sound is never passed over as silence. Needs {@code REVOX_MODELS}.
 */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls the @Setup method before anything else
public class SileroBenchmark {

    private static final int WINDOWS = 64;
    private static final int EIGHT = 8;
    private static final int MANY = 64;
    private static final long WINDOW_NANOS = 32_000_000L;
    private static final float FULL_SCALE = 32768f;

    @Param({"8000", "16000"})
    public int rateHz;

    private VoiceActivityModel model;
    private VoiceActivityPanel one;
    private VoiceActivityPanel many;
    private VoiceActivityPanel.Stream alone;
    private final VoiceActivityPanel.Stream[] streams = new VoiceActivityPanel.Stream[MANY];
    private float sum;
    private long nowNanos;
    private OrtEnvironment environment;
    private OrtSession session;
    private short[] sound;
    private float[][][] state = new float[2][1][128];
    private float[][] input;
    private int window;

    @Setup
    public void load() throws OrtException {
        model = VoiceActivity.best(ModelStore.usual());
        Path file = model.file()
                .orElseThrow(() -> new IllegalStateException(
                        "no Silero model: set REVOX_MODELS to the folder with silero_vad.onnx; " + model.reason()));
        one = model.panel();
        many = model.panel();
        alone = one.open(rateHz, (probability, at) -> sum += probability);
        for (int i = 0; i < MANY; i++) {
            streams[i] = many.open(rateHz, (probability, at) -> sum += probability);
        }
        sound = Sounds.changingHum(rateHz, WINDOWS);
        input = new float[1][rateHz / 1000 * (32 + 4)];
        environment = OrtEnvironment.getEnvironment();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        session = environment.createSession(file.toString(), options);
    }

    @TearDown
    public void close() throws OrtException {
        one.close();
        many.close();
        model.close();
        session.close();
    }

    @Benchmark
    public float ours() {
        alone.submit(sound, nextWindow(), nowNanos);
        one.judgeDue(nowNanos);
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(EIGHT)
    public float oursOf8() {
        return together(EIGHT);
    }

    @Benchmark
    @OperationsPerInvocation(MANY)
    public float oursOf64() {
        return together(MANY);
    }

    private float together(int calls) {
        int from = nextWindow();
        for (int i = 0; i < calls; i++) {
            streams[i].submit(sound, from, nowNanos);
        }
        nowNanos += WINDOW_NANOS;
        many.judgeDue(nowNanos);
        return sum;
    }

    @Benchmark
    public float freshTensors() throws OrtException {
        int from = nextWindow();
        int context = rateHz / 1000 * 4;
        int samples = alone.windowSamples();
        System.arraycopy(input[0], samples, input[0], 0, context);
        for (int i = 0; i < samples; i++) {
            input[0][context + i] = sound[from + i] / FULL_SCALE;
        }
        try (OnnxTensor pcm = OnnxTensor.createTensor(environment, input);
                OnnxTensor memory = OnnxTensor.createTensor(environment, state);
                OnnxTensor rate = OnnxTensor.createTensor(environment, (long) rateHz);
                OrtSession.Result result = session.run(Map.of("input", pcm, "state", memory, "sr", rate))) {
            state = (float[][][]) result.get(1).getValue();
            return ((float[][]) result.get(0).getValue())[0][0];
        }
    }

    private int nextWindow() {
        window = (window + 1) % WINDOWS;
        return window * alone.windowSamples();
    }
}
