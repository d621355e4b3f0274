package dev.revox.sip.signaling.header;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An address in a header field, with the field's parameters.
 *
 * <p><b>Thread:</b> Immutable. <b>Spec:</b> RFC 3261 §20.10, §25.1 (name-addr, addr-spec).
 *
 * @param uri without brackets; a URI without brackets ends at its first semicolon, question mark or comma
 * @param parameters by lower-case name, values without quotes, empty for a flag
 */
public record NameAddr(String uri, Map<String, String> parameters) {

    public NameAddr {
        parameters = Map.copyOf(parameters);
    }

    public static Optional<NameAddr> parse(String value) {
        String text = afterDisplayName(value);
        int open = text.indexOf('<');
        if (open >= 0) {
            int close = text.indexOf('>', open);
            if (close < 0) {
                return Optional.empty();
            }
            String uri = text.substring(open + 1, close).strip();
            return uri.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new NameAddr(uri, parameters(text.substring(close + 1))));
        }
        int end = 0;
        while (end < text.length() && ";?, \t".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end == 0
                ? Optional.empty()
                : Optional.of(new NameAddr(text.substring(0, end), parameters(text.substring(end))));
    }

    // A quoted display name may hold brackets, which mean nothing.
    private static String afterDisplayName(String value) {
        String text = value.strip();
        if (!text.startsWith("\"")) {
            return text;
        }
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return text.substring(i + 1).strip();
            }
        }
        return "";
    }

    /** What stands in {@code ;name=value;flag}. */
    static Map<String, String> parameters(String text) {
        Map<String, String> result = new HashMap<>();
        for (String part : Quoted.split(text, ';')) {
            int equals = part.indexOf('=');
            String name =
                    (equals < 0 ? part : part.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            if (!name.isEmpty()) {
                result.putIfAbsent(name, equals < 0 ? "" : Quoted.unquoted(part.substring(equals + 1)));
            }
        }
        return result;
    }

    /** The addresses of a header field that may hold several, separated by commas. */
    public static List<NameAddr> parseAll(List<String> values) {
        return values.stream()
                .flatMap(value -> Quoted.split(value, ',').stream())
                .flatMap(value -> parse(value).stream())
                .toList();
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }
}
