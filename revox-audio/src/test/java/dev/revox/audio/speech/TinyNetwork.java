package dev.revox.audio.speech;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * An ONNX file of the same signature as Silero's, small enough to predict by hand.
 *
 * <p>For each row, with m = max |input|: {@code output = m + max(state)} and {@code stateN = state + m}. Written field by field as protocol
 * buffers (onnx.proto), so that no test needs a model file.
 */
public final class TinyNetwork {

    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_INTS = 7;

    private TinyNetwork() {}

    /** The file's bytes. */
    public static byte[] bytes() {
        return bytes("output");
    }

    /** The file's bytes, its first output under another name. */
    public static byte[] bytes(String outputName) {
        byte[] graph = join(
                message(1, node("Abs", "a", "input")),
                message(1, reduce("m", "a", 1, 1)),
                message(1, reduce("both", "state", 1, 0, 2)),
                message(1, reduce("s", "both", 0, 0)),
                message(1, node("Add", outputName, "m", "s")),
                message(1, node("Add", "stateN", "state", "m")),
                text(2, "tiny"),
                message(11, value("input", FLOAT, -1, -1)),
                message(11, value("state", FLOAT, 2, -1, 128)),
                message(11, value("sr", INT64)),
                message(12, value(outputName, FLOAT, -1, 1)),
                message(12, value("stateN", FLOAT, 2, -1, 128)));
        return join(number(1, 8), message(7, graph), message(8, join(text(1, ""), number(2, 13))));
    }

    /**
     * A network of smart-turn's signature: {@code logits = sigmoid(max(input_features))}.
     *
     * @param bands of the spectrogram, 80 in the real one
     * @param probability else {@code exp} instead of {@code sigmoid}, which may be greater than 1
     */
    public static byte[] turn(int bands, String inputName, boolean probability) {
        byte[] graph = join(
                message(1, reduce("loudest", inputName, 0, 2)),
                message(1, reduce("m", "loudest", 1, 1)),
                message(1, node(probability ? "Sigmoid" : "Exp", "logits", "m")),
                text(2, "tiny-turn"),
                message(11, value(inputName, FLOAT, -1, bands, 800)),
                message(12, value("logits", FLOAT, -1, 1)));
        return join(number(1, 8), message(7, graph), message(8, join(text(1, ""), number(2, 13))));
    }

    private static byte[] node(String operator, String output, String... inputs) {
        byte[] node = new byte[0];
        for (String input : inputs) {
            node = join(node, text(1, input));
        }
        return join(node, text(2, output), text(4, operator));
    }

    private static byte[] reduce(String output, String input, int keepDimensions, int... axes) {
        byte[] list = text(1, "axes");
        for (int axis : axes) {
            list = join(list, number(8, axis));
        }
        byte[] keep = join(text(1, "keepdims"), number(3, keepDimensions), number(20, ATTRIBUTE_INT));
        return join(
                node("ReduceMax", output, input), message(5, join(list, number(20, ATTRIBUTE_INTS))), message(5, keep));
    }

    /** A dimension of -1 is open. */
    private static byte[] value(String name, int elementType, int... dimensions) {
        byte[] shape = new byte[0];
        for (int dimension : dimensions) {
            shape = join(shape, message(1, dimension < 0 ? text(2, "n") : number(1, dimension)));
        }
        byte[] tensor = join(number(1, elementType), message(2, shape));
        return join(text(1, name), message(2, message(1, tensor)));
    }

    private static byte[] text(int field, String value) {
        return message(field, value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] message(int field, byte[] value) {
        return join(varint((field << 3) | 2), varint(value.length), value);
    }

    private static byte[] number(int field, int value) {
        return join(varint(field << 3), varint(value));
    }

    private static byte[] varint(int value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int rest = value;
        while (rest >= 0x80) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
