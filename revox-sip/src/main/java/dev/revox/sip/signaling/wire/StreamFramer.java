package dev.revox.sip.signaling.wire;

import dev.revox.sip.signaling.valve.MessageScan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts a stream of bytes into SIP messages: headers up to the empty line, then as many bytes as Content-Length says.
 *
 * <p>Nothing larger than a datagram could carry is waited for: a longer message, or a Content-Length that promises one, is an
 * error, after which nobody can tell where the next message begins.
 *
 * <p><b>Thread:</b> Confined to its connection's reader. <b>Spec:</b> RFC 3261 §18.3, RFC 5626 §4.4.1 for the keep-alives.
 */
final class StreamFramer {

    private static final int FIRST_BYTES = 4_096;
    private static final int MAX_HEAD_BYTES = MessageScan.MAX_MESSAGE_BYTES;

    private byte[] buffer = new byte[FIRST_BYTES];
    private int begin;
    private int end;
    private int scanned;
    private int headEnd = -1;
    private int bodyBytes;
    private int pings;

    /** Takes what was read. */
    void add(byte[] bytes, int length) throws IOException {
        if (buffer.length - end < length) {
            makeRoom(length);
        }
        System.arraycopy(bytes, 0, buffer, end, length);
        end += length;
    }

    private void makeRoom(int length) throws IOException {
        int held = end - begin;
        if (held + length > 2 * MessageScan.MAX_MESSAGE_BYTES) {
            throw new IOException("a SIP message is too long");
        }
        byte[] room = held + length > buffer.length ? new byte[Math.max(buffer.length * 2, held + length)] : buffer;
        System.arraycopy(buffer, begin, room, 0, held);
        scanned -= begin;
        headEnd = headEnd < 0 ? headEnd : headEnd - begin;
        begin = 0;
        end = held;
        buffer = room;
    }

    /** The next whole message, empty when more must be read first. */
    Optional<byte[]> next() throws IOException {
        if (headEnd < 0) {
            skipBlankLines();
            headEnd = findHeadEnd();
            if (headEnd < 0) {
                if (end - begin > MAX_HEAD_BYTES) {
                    throw new IOException("the headers of a SIP message are too long");
                }
                return Optional.empty();
            }
            bodyBytes = contentLength(new String(buffer, begin, headEnd - begin, StandardCharsets.ISO_8859_1));
            if (headEnd - begin + bodyBytes > MessageScan.MAX_MESSAGE_BYTES) {
                throw new IOException("a SIP message is too long");
            }
        }
        if (end - headEnd < bodyBytes) {
            return Optional.empty();
        }
        byte[] message = Arrays.copyOfRange(buffer, begin, headEnd + bodyBytes);
        begin = headEnd + bodyBytes;
        scanned = begin;
        headEnd = -1;
        if (begin == end) {
            begin = 0;
            end = 0;
            scanned = 0;
            buffer = buffer.length > FIRST_BYTES ? new byte[FIRST_BYTES] : buffer;
        }
        return Optional.of(message);
    }

    /** True while a message has begun and is not whole. */
    boolean partial() {
        return end > begin;
    }

    /** How many pings (an empty line, twice) came since the last call. */
    int takePings() {
        int taken = pings / 2;
        pings -= taken * 2;
        return taken;
    }

    private void skipBlankLines() {
        while (begin < end && (buffer[begin] == '\r' || buffer[begin] == '\n')) {
            pings += buffer[begin] == '\n' ? 1 : 0;
            begin++;
        }
        if (begin < end) {
            pings = 0;
        }
        scanned = Math.max(scanned, begin);
    }

    private int findHeadEnd() {
        for (int at = Math.max(begin, scanned - 3); at < end; at++) {
            if (buffer[at] == '\n') {
                int after = at + 1 < end && buffer[at + 1] == '\r' ? at + 2 : at + 1;
                if (after < end && buffer[after] == '\n') {
                    return after + 1;
                }
            }
        }
        scanned = end;
        return -1;
    }

    // RFC 3261 §20.14: on a stream it must be there. Without it there is no telling where the body ends, so none is
    // read.
    private static int contentLength(String head) throws IOException {
        for (String line : head.split("\r?\n", -1)) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip();
            if (name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("l")) {
                String value = line.substring(colon + 1).strip();
                if (!value.matches("[0-9]{1,6}")) {
                    throw new IOException("Content-Length is not a length we read");
                }
                return Integer.parseInt(value);
            }
        }
        return 0;
    }
}
