package dev.revox.agent.tool;

import java.nio.charset.StandardCharsets;

/**
 * What a tool gives back to the model. Its {@code toString} holds no content.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param error whether the model is told that it failed
 */
public record ToolOutput(String text, boolean error) {

    public static ToolOutput of(String text) {
        return new ToolOutput(text, false);
    }

    /** A failure, in words that help the model to go on. */
    public static ToolOutput error(String text) {
        return new ToolOutput(text, true);
    }

    /** The same, or its beginning and a word that the rest is missing. Never cuts a code point in two. */
    ToolOutput within(int longestBytes) {
        if (text.isBlank()) {
            return new ToolOutput("(The tool gave no output.)", error);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= longestBytes) {
            return this;
        }
        int end = longestBytes;
        // A byte 10xxxxxx goes on with the code point before it.
        while (end > 0 && (bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return new ToolOutput(
                new String(bytes, 0, end, StandardCharsets.UTF_8) + "\n[Cut here: the result has " + bytes.length
                        + " bytes, the limit is " + longestBytes + ".]",
                error);
    }

    @Override
    public String toString() {
        return "ToolOutput[" + text.length() + " chars, error=" + error + "]";
    }
}
