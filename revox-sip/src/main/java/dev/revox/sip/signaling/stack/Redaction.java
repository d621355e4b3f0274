package dev.revox.sip.signaling.stack;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a log text what must never be in a log: credentials, keys, identity tokens, DTMF, telephone numbers.
 *
 * <p>It works on any text, because the SIP library logs whole messages, pieces of them, and raw bytes.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class Redaction {

    private static final Pattern SECRET_LINES = Pattern.compile(
            "(?im)((?:proxy-)?authori[sz]ation|(?:www|proxy)-authenticate|authentication-info|identity|a=crypto|a=key-mgmt)"
                    + "\\s*:[^\\r\\n]*(?:\\r?\\n[ \\t][^\\r\\n]*)*");
    private static final Pattern DIGEST = Pattern.compile("(?i)\\bdigest\\s+[^\\r\\n]*");
    private static final Pattern SECRET_PARAMETERS = Pattern.compile(
            "(?i)\\b(response|cnonce|nonce|opaque|password|passwd|secret)\\s*=\\s*(\"[^\"]*\"|[^\\s,;]+)");
    private static final Pattern DTMF = Pattern.compile("(?i)\\bsignal\\s*=\\s*\\S+");
    private static final Pattern RAW_BYTES = Pattern.compile("\\[-?\\d{1,3}(?:,\\s?-?\\d{1,3}){7,}]?");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.-])\\+?\\d{7,}|\\+\\d{3,6}");

    private Redaction() {}

    static String of(String text) {
        String result = RAW_BYTES.matcher(text).replaceAll("[bytes]");
        result = SECRET_LINES.matcher(result).replaceAll("$1: ****");
        result = DIGEST.matcher(result).replaceAll("Digest ****");
        result = SECRET_PARAMETERS.matcher(result).replaceAll("$1=****");
        result = DTMF.matcher(result).replaceAll("Signal=****");
        return NUMBER.matcher(result).replaceAll(Redaction::masked);
    }

    private static String masked(java.util.regex.MatchResult number) {
        String digits = number.group();
        int keep = digits.length() >= 9 ? 3 : 1;
        return Matcher.quoteReplacement(digits.substring(0, keep) + "*".repeat(digits.length() - keep));
    }
}
