package dev.revox.audio.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.revox.RevoxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * One user's inputs and outputs of a network, in buffers that every run uses again.
 *
 * <p>Write the inputs by index, {@link #run()}, read the outputs by index. ONNX Runtime itself allocates about half a
 * kilobyte per run; this class allocates nothing.
 *
 * <p><b>Thread:</b> Confined to its user.
 */
public final class OnnxRun implements AutoCloseable {

    private final OrtSession session;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;
    private final Map<String, FloatBuffer> floats;
    private final Map<String, LongBuffer> longs;
    private final Set<String> nothingElse = Set.of();
    private boolean closed;

    private OnnxRun(Builder builder) {
        session = builder.session;
        inputs = Map.copyOf(builder.inputs);
        outputs = Map.copyOf(builder.outputs);
        floats = Map.copyOf(builder.floats);
        longs = Map.copyOf(builder.longs);
    }

    /** The buffer of a float input or output; the same one for ever. */
    public FloatBuffer floats(String name) {
        FloatBuffer buffer = floats.get(name);
        if (buffer == null) {
            throw new IllegalArgumentException("no float input or output '" + name + "', there are " + floats.keySet());
        }
        return buffer;
    }

    /** The buffer of an integer input; the same one for ever. */
    public LongBuffer longs(String name) {
        LongBuffer buffer = longs.get(name);
        if (buffer == null) {
            throw new IllegalArgumentException("no integer input '" + name + "', there are " + longs.keySet());
        }
        return buffer;
    }

    /** Runs the network. Returns false when it failed; the outputs then mean nothing. */
    public boolean run() {
        if (closed) {
            return false;
        }
        try (OrtSession.Result result = session.run(inputs, nothingElse, outputs)) {
            return result.size() == outputs.size();
        } catch (OrtException | IllegalStateException e) {
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
    }

    /**
     * The layout of a run. Names and shapes are the network's own.
     *
     * <p><b>Thread:</b> Confined to its user.
     */
    public static final class Builder {

        private final OrtEnvironment environment;
        private final OrtSession session;
        private final String model;
        private final Map<String, OnnxTensor> inputs = new HashMap<>();
        private final Map<String, OnnxTensor> outputs = new HashMap<>();
        private final Map<String, FloatBuffer> floats = new HashMap<>();
        private final Map<String, LongBuffer> longs = new HashMap<>();

        Builder(OrtEnvironment environment, OrtSession session, String model) {
            this.environment = environment;
            this.session = session;
            this.model = model;
        }

        public Builder floatInput(String name, long... shape) {
            inputs.put(name, floatTensor(name, shape));
            return this;
        }

        public Builder floatOutput(String name, long... shape) {
            outputs.put(name, floatTensor(name, shape));
            return this;
        }

        /** An integer input; without a shape it is a single number. */
        public Builder longInput(String name, long... shape) {
            LongBuffer buffer = bytes(8 * elements(shape)).asLongBuffer();
            longs.put(name, buffer);
            try {
                inputs.put(name, OnnxTensor.createTensor(environment, buffer, shape));
            } catch (OrtException e) {
                throw refused(name, e);
            }
            return this;
        }

        /** The run, if its names are exactly those of the network. */
        public OnnxRun build() {
            if (!session.getInputNames().equals(inputs.keySet())
                    || !session.getOutputNames().equals(outputs.keySet())) {
                inputs.values().forEach(OnnxTensor::close);
                outputs.values().forEach(OnnxTensor::close);
                throw new RevoxException(
                        "model " + model + " has the inputs " + session.getInputNames() + " and the outputs "
                                + session.getOutputNames() + ", expected " + inputs.keySet() + " and "
                                + outputs.keySet(),
                        false);
            }
            return new OnnxRun(this);
        }

        private OnnxTensor floatTensor(String name, long[] shape) {
            FloatBuffer buffer = bytes(4 * elements(shape)).asFloatBuffer();
            floats.put(name, buffer);
            try {
                return OnnxTensor.createTensor(environment, buffer, shape);
            } catch (OrtException e) {
                throw refused(name, e);
            }
        }

        private RevoxException refused(String name, OrtException e) {
            return new RevoxException("model " + model + " refused the buffer '" + name + "': " + e, e, false);
        }

        private static ByteBuffer bytes(int count) {
            return ByteBuffer.allocateDirect(count).order(ByteOrder.nativeOrder());
        }

        private static int elements(long[] shape) {
            long count = 1;
            for (long dimension : shape) {
                count = Math.multiplyExact(count, dimension);
            }
            return Math.toIntExact(count);
        }
    }
}
