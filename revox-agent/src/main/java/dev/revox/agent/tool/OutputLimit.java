package dev.revox.agent.tool;

import java.nio.charset.StandardCharsets;

/** Keeps what a tool gave within what a model should read. <b>Thread:</b> Thread-safe; functions. */
final class OutputLimit {

    private OutputLimit() {}

    /** The text, or its beginning and a word that the rest is missing. Never cuts a code point in two. */
    static String cut(String text, int longestBytes) {
        if (text.isBlank()) {
            return "(The tool gave no output.)";
        }
        if (text.length() <= longestBytes / 3) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= longestBytes) {
            return text;
        }
        int end = longestBytes;
        // A byte 10xxxxxx goes on with the code point before it.
        while (end > 0 && (bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + "\n[Cut here: the result has " + bytes.length
                + " bytes, the limit is " + longestBytes + ".]";
    }
}
