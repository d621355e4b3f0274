package dev.revox.sip.signaling.valve;

import java.nio.charset.StandardCharsets;

/**
 * One look over the bytes of a message, without reading it: is it SIP, and is it within the limits?
 *
 * <p>The body is not looked at. Lines may end with CR LF or LF; a line that begins with a blank goes on from the last one.
 *
 * <p><b>Thread:</b> Confined to one reader, which uses it again and again. Allocates nothing but the Call-ID when asked.
 */
public final class MessageScan {

    /** What a look has found. */
    public enum Shape {
        /** Worth a parser's time. */
        SIP,
        /** Blank lines that keep a way through a NAT open. */
        KEEP_ALIVE,
        /** Not SIP at all, or without a Via. */
        NOT_SIP,
        /** Too many headers or hops, or one that is too long. */
        TOO_LARGE
    }

    public static final int MAX_MESSAGE_BYTES = 65_535;
    public static final int MAX_HEADERS = 100;
    public static final int MAX_HEADER_BYTES = 8_192;
    public static final int MAX_HOPS = 20;

    /** As many as Max-Forwards usually allows hops: RFC 4475 section 3.1.1.7 has 34. */
    public static final int MAX_VIAS = 70;

    private static final byte[] VERSION = "SIP/".getBytes(StandardCharsets.US_ASCII);

    private static final int VERSION_BYTES = "SIP/2.0".length();

    /** When the message was at the valve, on the valve's clock. */
    long admittedNanos;

    /** Whether the time that reading it takes is charged: it comes from a known address and belongs to no call that is up. */
    boolean charged;

    private byte[] data = new byte[0];
    private int headers;
    private int vias;
    private int routes;
    private int recordRoutes;
    private int callIdFrom;
    private int callIdTo;

    /** Looks over a message. */
    public Shape look(byte[] bytes, int length) {
        data = bytes;
        headers = 0;
        vias = 0;
        routes = 0;
        recordRoutes = 0;
        callIdFrom = 0;
        callIdTo = 0;
        if (blank(length)) {
            return Shape.KEEP_ALIVE;
        }
        int at = afterBlankLines(length);
        int lineEnd = lineEnd(at, length);
        if (lineEnd - at > MAX_HEADER_BYTES || !startLine(at, lineEnd)) {
            return Shape.NOT_SIP;
        }
        at = next(lineEnd, length);
        while (at < length) {
            int end = headerEnd(at, length);
            if (contentEnd(at, end) == at) {
                break;
            }
            if (end - at > MAX_HEADER_BYTES || !counted(at, end)) {
                return Shape.TOO_LARGE;
            }
            at = end;
        }
        return vias == 0 ? Shape.NOT_SIP : Shape.SIP;
    }

    /** The Call-ID of the message that was looked at last, empty when it has none. */
    public String callId() {
        return new String(data, callIdFrom, callIdTo - callIdFrom, StandardCharsets.UTF_8);
    }

    private boolean blank(int length) {
        if (length > 8) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (data[i] != '\r' && data[i] != '\n' && data[i] != 0) {
                return false;
            }
        }
        return true;
    }

    // RFC 3261 §7.5: empty lines before the start-line are ignored.
    private int afterBlankLines(int length) {
        int at = 0;
        while (at < length && (data[at] == '\r' || data[at] == '\n')) {
            at++;
        }
        return at;
    }

    private int lineEnd(int from, int length) {
        int at = from;
        while (at < length && data[at] != '\n') {
            at++;
        }
        return at;
    }

    private static int next(int lineEnd, int length) {
        return Math.min(lineEnd + 1, length);
    }

    private int contentEnd(int from, int end) {
        int at = end;
        while (at > from && (data[at - 1] == '\n' || data[at - 1] == '\r')) {
            at--;
        }
        return at;
    }

    private boolean startLine(int from, int end) {
        int last = contentEnd(from, end);
        while (last > from && data[last - 1] == ' ') {
            last--;
        }
        // Of any version: who speaks another one is told so (505).
        return matches(from, last) || matches(last - VERSION_BYTES, last);
    }

    private boolean matches(int from, int end) {
        if (from < 0 || end - from < VERSION.length) {
            return false;
        }
        for (int i = 0; i < VERSION.length; i++) {
            if ((data[from + i] & 0xdf) != (VERSION[i] & 0xdf)) {
                return false;
            }
        }
        return true;
    }

    private int headerEnd(int from, int length) {
        int end = next(lineEnd(from, length), length);
        while (end < length && (data[end] == ' ' || data[end] == '\t') && contentEnd(from, end) > from) {
            end = next(lineEnd(end, length), length);
        }
        return end;
    }

    private boolean counted(int from, int end) {
        int colon = from;
        while (colon < end && data[colon] != ':') {
            colon++;
        }
        int nameEnd = colon;
        while (nameEnd > from && (data[nameEnd - 1] == ' ' || data[nameEnd - 1] == '\t')) {
            nameEnd--;
        }
        headers++;
        if (named(from, nameEnd, "via") || named(from, nameEnd, "v")) {
            vias += members(colon, end);
            headers += members(colon, end) - 1;
        } else if (named(from, nameEnd, "route")) {
            routes += members(colon, end);
        } else if (named(from, nameEnd, "record-route")) {
            recordRoutes += members(colon, end);
        } else if (callIdTo == 0 && (named(from, nameEnd, "call-id") || named(from, nameEnd, "i"))) {
            callIdFrom = Math.min(colon + 1, end);
            callIdTo = contentEnd(callIdFrom, end);
            while (callIdFrom < callIdTo && data[callIdFrom] <= ' ') {
                callIdFrom++;
            }
            while (callIdTo > callIdFrom && data[callIdTo - 1] <= ' ') {
                callIdTo--;
            }
        }
        return headers <= MAX_HEADERS && vias <= MAX_VIAS && routes <= MAX_HOPS && recordRoutes <= MAX_HOPS;
    }

    private boolean named(int from, int end, String lowerCase) {
        if (end - from != lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            if ((data[from + i] | 0x20) != lowerCase.charAt(i) && data[from + i] != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int members(int from, int end) {
        int members = 1;
        boolean quoted = false;
        boolean bracketed = false;
        for (int at = from; at < end; at++) {
            switch (data[at]) {
                case '"' -> quoted = !quoted;
                case '<' -> bracketed = true;
                case '>' -> bracketed = false;
                case ',' -> members += quoted || bracketed ? 0 : 1;
                default -> {}
            }
        }
        return members;
    }
}
