package dev.revox.sip.signaling.log;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a log text what must never be in a log: credentials, keys, identity tokens, DTMF, telephone numbers.
 *
 * <p>It works on any text, because the SIP library logs whole messages, pieces of them, and raw bytes.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class Redaction {

    private static final Pattern SECRET_LINE = Pattern.compile(
            "(?i)((?:proxy-)?authori[sz]ation|(?:www|proxy)-authenticate|authentication-info|identity|a=crypto|a=key-mgmt)"
                    + "\\s*:.*");
    private static final Pattern DIGEST = Pattern.compile("(?i)\\bdigest\\s+.*");
    private static final Pattern SECRET_PARAMETERS = Pattern.compile(
            "(?i)\\b(response|cnonce|nonce|opaque|password|passwd|secret)\\s*=\\s*(\"[^\"]*\"|[^\\s,;]+)");
    private static final Pattern DTMF = Pattern.compile("(?i)\\bsignal\\s*=\\s*\\S+");
    private static final Pattern RAW_BYTES = Pattern.compile("\\[-?\\d{1,3},\\s?-?\\d[\\d,\\s-]*+]?");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.-])\\+?\\d{7,}|\\+\\d{3,6}");

    private Redaction() {}

    // Line by line and without repeated groups: the text may be a hostile message of any length.
    public static String of(String text) {
        StringBuilder result = new StringBuilder(text.length());
        boolean secret = false;
        for (String line : RAW_BYTES.matcher(text).replaceAll("[bytes]").split("\\r?\\n", -1)) {
            boolean continued = !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
            if (secret && continued) {
                continue;
            }
            Matcher matcher = SECRET_LINE.matcher(line);
            secret = matcher.find();
            if (!result.isEmpty()) {
                result.append('\n');
            }
            result.append(
                    secret ? plain(line.substring(0, matcher.start())) + matcher.group(1) + ": ****" : plain(line));
        }
        return result.toString();
    }

    private static String plain(String line) {
        String result = DIGEST.matcher(line).replaceAll("Digest ****");
        result = SECRET_PARAMETERS.matcher(result).replaceAll("$1=****");
        result = DTMF.matcher(result).replaceAll("Signal=****");
        return NUMBER.matcher(result).replaceAll(Redaction::masked);
    }

    private static String masked(MatchResult number) {
        String digits = number.group();
        int keep = digits.length() >= 9 ? 3 : 1;
        return Matcher.quoteReplacement(digits.substring(0, keep) + "*".repeat(digits.length() - keep));
    }
}
