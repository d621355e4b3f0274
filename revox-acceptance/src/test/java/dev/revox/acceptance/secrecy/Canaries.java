package dev.revox.acceptance.secrecy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Values that were put into calls and must not come out of any log. <b>Thread:</b> Confined to its caller. */
final class Canaries {

    /** A single key press is too short to look for; what names one is not. */
    private static final Pattern KEY_PRESS = Pattern.compile("(?i)\\b(digits?|dtmf|signal)\\s*[=:]\\s*'?[0-9*#]");

    private static final int SHOWN_CHARS = 400;

    private final Map<String, String> values = new TreeMap<>();

    Canaries add(String what, String value) {
        if (value.length() < 5) {
            throw new IllegalArgumentException(what + " is too short to be found by chance only");
        }
        values.put(what, value);
        return this;
    }

    /** A number in full, as digits only, and without its country. */
    Canaries addNumber(String what, String e164) {
        return add(what, e164.substring(2));
    }

    /** A line for every text that holds one of them. */
    List<String> in(Collection<String> texts) {
        List<String> hits = new ArrayList<>();
        for (String text : texts) {
            values.forEach((what, value) -> {
                if (text.contains(value)) {
                    hits.add(what + " in: " + shown(text, text.indexOf(value)));
                }
            });
            if (KEY_PRESS.matcher(text).find()) {
                hits.add("a key press in: " + shown(text, 0));
            }
        }
        return hits;
    }

    private static String shown(String text, int at) {
        int from = Math.max(0, at - SHOWN_CHARS / 2);
        return text.substring(from, Math.min(text.length(), from + SHOWN_CHARS));
    }
}
