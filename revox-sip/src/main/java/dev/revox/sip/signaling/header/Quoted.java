package dev.revox.sip.signaling.header;

import java.util.ArrayList;
import java.util.List;

/** Text with quoted strings and bracketed URIs in it. <b>Thread:</b> Thread-safe. <b>Spec:</b> RFC 3261 §25.1. */
final class Quoted {

    private Quoted() {}

    /** Splits where the separator stands neither in quotes nor in brackets. */
    static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        boolean bracketed = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '<') {
                bracketed = true;
            } else if (!quoted && c == '>') {
                bracketed = false;
            } else if (!quoted && !bracketed && c == separator) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    static String unquoted(String text) {
        String value = text.strip();
        if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
            return value;
        }
        return value.substring(1, value.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\");
    }
}
