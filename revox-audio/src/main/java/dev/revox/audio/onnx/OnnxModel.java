package dev.revox.audio.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.revox.RevoxException;

/**
 * A loaded network. Each user has its own {@link OnnxRun} of it, with its own buffers.
 *
 * <p>One thread per run and no spinning: many small networks for many calls, the calls being the parallelism.
 *
 * <p><b>Thread:</b> Thread-safe. Closed after all its runs.
 */
public final class OnnxModel implements AutoCloseable {

    private static final String NO_SPINNING = "0";

    /** How much of a network may be rewritten while it is loaded. */
    public enum Rewriting {
        /** Little. More makes small recurrent networks no quicker, and takes a third of the loading time. */
        BASICS,
        /** Everything that is known: for networks whose runs are long. */
        EVERYTHING
    }

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String name;

    private OnnxModel(OrtEnvironment environment, OrtSession session, String name) {
        this.environment = environment;
        this.session = session;
        this.name = name;
    }

    /**
     * Loads a model that its store has checked.
     *
     * @throws RevoxException when there is no native code for this machine, or the file is no network it understands
     */
    public static OnnxModel load(ModelFile file, ModelStore store) {
        return load(file, store, Rewriting.BASICS);
    }

    /** The same with a choice of how much is rewritten. */
    public static OnnxModel load(ModelFile file, ModelStore store, Rewriting rewriting) {
        NativeLibrary.prepare(store.cacheFolder());
        try {
            OrtEnvironment environment =
                    OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "revox");
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
                options.setOptimizationLevel(
                        switch (rewriting) {
                            case BASICS -> OrtSession.SessionOptions.OptLevel.BASIC_OPT;
                            case EVERYTHING -> OrtSession.SessionOptions.OptLevel.ALL_OPT;
                        });
                options.setIntraOpNumThreads(1);
                options.setInterOpNumThreads(1);
                options.addConfigEntry("session.intra_op.allow_spinning", NO_SPINNING);
                options.addConfigEntry("session.inter_op.allow_spinning", NO_SPINNING);
                OrtSession session = environment.createSession(file.bytes(), options);
                return new OnnxModel(environment, session, file.spec().fileName());
            }
        } catch (OrtException e) {
            throw new RevoxException(
                    "model " + file.spec().fileName() + " from " + file.origin() + " could not be loaded: " + e,
                    e,
                    false);
        } catch (LinkageError e) {
            throw new RevoxException("ONNX Runtime's native code does not run on this machine: " + e, e, false);
        }
    }

    /** Begins to lay out one user's buffers. */
    public OnnxRun.Builder run() {
        return new OnnxRun.Builder(environment, session, name);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new RevoxException("model " + name + " could not be closed: " + e, e, false);
        }
    }
}
