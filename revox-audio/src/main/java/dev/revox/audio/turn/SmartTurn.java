package dev.revox.audio.turn;

import dev.revox.RevoxException;
import dev.revox.audio.onnx.ModelFile;
import dev.revox.audio.onnx.ModelSpec;
import dev.revox.audio.onnx.ModelStore;
import dev.revox.audio.onnx.OnnxModel;
import dev.revox.audio.onnx.OnnxModel.Rewriting;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Smart-turn v3 (BSD, Daily) or any network of its layout, on a small pool of threads of its own.
 *
 * <p>The network sees the last eight seconds of a turn at 16 kHz as a log-mel spectrogram of 80 bands and 800 frames, sound at the
 * end and silence before it, and gives the probability that the turn is complete. Sound of other rates is converted here.
 *
 * <p>Its file is not shipped. It is named by the host together with its SHA-256, and loaded and tried at once, so that a wrong file
 * is found out before the first call.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class SmartTurn implements EndOfTurnModel {

    private static final URI HOME = URI.create("https://huggingface.co/pipecat-ai/smart-turn-v3");
    private static final URI LICENCE = URI.create("https://github.com/pipecat-ai/smart-turn/blob/main/LICENSE");

    /** More questions than that for each thread could not be answered in time. */
    private static final int WAITING_PER_THREAD = 8;

    private static final int WARM_UP_RUNS = 3;

    private final OnnxModel model;
    private final String name;
    private final QuestionQueue questions;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private SmartTurn(OnnxModel model, String name, int threadCount) {
        this.model = model;
        this.name = name;
        questions = new QuestionQueue(WAITING_PER_THREAD * threadCount);
        for (int i = 0; i < threadCount; i++) {
            threads.add(Thread.ofPlatform().daemon().name("revox-turn-" + i).start(this::answer));
        }
    }

    /**
     * Loads a network from a file, for one thread.
     *
     * @param sha256 of the file, in lower-case hexadecimal
     * @throws RevoxException when the file cannot be read, is another one, or is a network of another layout
     */
    public static SmartTurn load(Path file, String sha256) {
        ModelSpec spec = new ModelSpec(String.valueOf(file.getFileName()), sha256, HOME, LICENCE);
        return load(spec, ModelStore.builder().file(spec, file).build(), 1);
    }

    /**
     * Loads a network from wherever the store finds it.
     *
     * @param threadCount threads of the pool; one answers about ten questions a second
     * @throws RevoxException when the network is found nowhere, cannot be read or is of another layout
     */
    public static SmartTurn load(ModelSpec spec, ModelStore store, int threadCount) {
        if (threadCount < 1) {
            throw new IllegalArgumentException("threadCount must be at least 1, was " + threadCount);
        }
        try {
            return new SmartTurn(tried(find(spec, store), store), spec.fileName(), threadCount);
        } catch (RevoxException e) {
            throw new RevoxException(
                    "end-of-turn model " + spec.fileName() + " must be a file with " + TurnNetwork.signature() + ": "
                            + e.getMessage(),
                    e,
                    false);
        }
    }

    private static ModelFile find(ModelSpec spec, ModelStore store) {
        return store.find(spec)
                .orElseThrow(() -> new RevoxException("found nowhere; looked at " + store.places(spec), false));
    }

    private static OnnxModel tried(ModelFile file, ModelStore store) {
        OnnxModel model = OnnxModel.load(file, store, Rewriting.EVERYTHING);
        try (TurnNetwork network = new TurnNetwork(model)) {
            float unused = network.judge(new short[0], LogMel.RATE_HZ);
            return model;
        } catch (RevoxException e) {
            model.close();
            throw e;
        }
    }

    @Override
    public Question ask(short[] sound, int sampleRateHz, Verdict verdict) {
        return questions.ask(sound, sampleRateHz, verdict);
    }

    @Override
    public int longestSoundMs() {
        return LogMel.SAMPLES / (LogMel.RATE_HZ / 1000);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void warmUp() {
        try (TurnNetwork network = new TurnNetwork(model)) {
            for (int i = 0; i < WARM_UP_RUNS; i++) {
                float unused = network.judge(new short[LogMel.SAMPLES], LogMel.RATE_HZ);
            }
        }
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        questions.close();
        boolean interrupted = false;
        for (Thread thread : threads) {
            boolean over = false;
            while (!over) {
                try {
                    // A run takes tens of milliseconds, and its buffers must not be freed beneath it.
                    thread.join();
                    over = true;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        model.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a thread of the pool does until the model is closed. */
    private void answer() {
        try (TurnNetwork network = new TurnNetwork(model)) {
            while (true) {
                var next = questions.take();
                if (next.isEmpty()) {
                    return;
                }
                answer(network, next.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(TurnNetwork network, QuestionQueue.Asked asked) {
        try {
            asked.judged(network.judge(asked.sound(), asked.sampleRateHz()));
        } catch (RuntimeException | LinkageError | OutOfMemoryError fault) {
            // One bad question must not end the thread that answers all others.
            asked.failed(fault.getClass().getSimpleName() + ": " + fault.getMessage());
        }
    }
}
