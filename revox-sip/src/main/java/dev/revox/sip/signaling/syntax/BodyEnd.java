package dev.revox.sip.signaling.syntax;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a message ends: what a datagram has behind the body that its Content-Length tells is no part of it. The library takes all of it
 * for body.
 *
 * <p><b>Thread:</b> Thread-safe. <b>Spec:</b> RFC 3261 §18.3.
 */
final class BodyEnd {

    private static final String EMPTY_LINE = "\r\n\r\n";
    private static final Pattern LENGTH =
            Pattern.compile("(?im)^(?:content-length|l)[ \\t]{0,9}:[ \\t]{0,9}([0-9]{1,7})[ \\t]{0,9}$");

    private BodyEnd() {}

    /** The message without what lies behind it; the same one where nothing does. */
    static byte[] cut(byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        int headEnd = text.indexOf(EMPTY_LINE);
        if (headEnd < 0 || headEnd + EMPTY_LINE.length() == message.length) {
            return message;
        }
        Matcher length = LENGTH.matcher(text).region(0, headEnd + 2);
        if (!length.find()) {
            return message;
        }
        int end = headEnd + EMPTY_LINE.length() + Integer.parseInt(length.group(1));
        return end < message.length ? Arrays.copyOf(message, end) : message;
    }
}
