package dev.revox.sip.digest;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The parameters of a challenge or of an answer to one, by lower-case name; of two with the same name the first counts. Many quote what
 * should be a token and leave bare what should be quoted; both are read.
 */
final class DigestParameters {

    private DigestParameters() {}

    static Map<String, String> of(String text) {
        Map<String, String> result = new HashMap<>();
        int at = 0;
        while (at < text.length()) {
            int equals = text.indexOf('=', at);
            if (equals < 0) {
                break;
            }
            String name = text.substring(at, equals).strip().toLowerCase(Locale.ROOT);
            int begin = equals + 1;
            while (begin < text.length() && Character.isWhitespace(text.charAt(begin))) {
                begin++;
            }
            StringBuilder value = new StringBuilder();
            int end = begin < text.length() && text.charAt(begin) == '"'
                    ? quoted(text, begin + 1, value)
                    : bare(text, begin, value);
            result.putIfAbsent(name, value.toString());
            int comma = text.indexOf(',', end);
            at = comma < 0 ? text.length() : comma + 1;
        }
        return result;
    }

    private static int quoted(String text, int from, StringBuilder into) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            into.append(text.charAt(at++));
        }
        return Math.min(at + 1, text.length());
    }

    private static int bare(String text, int from, StringBuilder into) {
        int comma = text.indexOf(',', from);
        int end = comma < 0 ? text.length() : comma;
        into.append(text.substring(from, end).strip());
        return end;
    }
}
