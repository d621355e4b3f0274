package dev.revox.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads one reply from a connection that carries no other.
 *
 * <p><b>Thread:</b> Confined to one thread. <b>Spec:</b> RFC 9112 §4, §6, §7.1.
 */
final class ReplyReader {

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[0-9] ([1-5][0-9]{2})(?: .*)?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,8})[ \\t]*(?:;.*)?");

    private final InputStream in;
    private final HttpLimits limits;
    private int headBytes;

    ReplyReader(InputStream in, HttpLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    HttpReply read() throws IOException {
        while (true) {
            Matcher line = STATUS_LINE.matcher(line());
            if (!line.matches()) {
                throw malformed("the reply does not begin as HTTP/1.1 does");
            }
            int status = Integer.parseInt(line.group(1));
            List<OutgoingRequest.Header> headers = headers();
            // Provisional replies precede the real one; the limit on the head bounds how many.
            if (status >= 200) {
                byte[] body = status == 204 || status == 304 ? new byte[0] : decoded(headers, body(headers));
                return new HttpReply(status, headers, body);
            }
        }
    }

    private List<OutgoingRequest.Header> headers() throws IOException {
        List<OutgoingRequest.Header> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw malformed("the reply has a header line without a name");
            }
            headers.add(new OutgoingRequest.Header(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return headers;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection ended inside the head of the reply");
            }
            if (++headBytes > limits.maxHeadBytes()) {
                throw new HttpException(
                        HttpException.Reason.TOO_MUCH,
                        "the head of the reply is larger than " + limits.maxHeadBytes() + " bytes");
            }
            if (next == '\n') {
                String text = line.toString(StandardCharsets.ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            line.write(next);
        }
    }

    private byte[] body(List<OutgoingRequest.Header> headers) throws IOException {
        List<String> codings = values(headers, "transfer-encoding");
        if (!codings.isEmpty()) {
            if (!codings.equals(List.of("chunked"))) {
                throw malformed("the reply has a transfer coding other than chunked");
            }
            return chunks();
        }
        List<String> lengths =
                values(headers, "content-length").stream().distinct().toList();
        if (lengths.isEmpty()) {
            return toTheEnd();
        }
        if (lengths.size() > 1 || !LENGTH.matcher(lengths.get(0)).matches()) {
            throw malformed("the reply has a bad content length");
        }
        return exactly(Long.parseLong(lengths.get(0)), 0);
    }

    private byte[] exactly(long length, long before) throws IOException {
        if (length + before > limits.maxBodyBytes()) {
            throw tooLarge();
        }
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended inside the body of the reply");
        }
        return bytes;
    }

    private byte[] toTheEnd() throws IOException {
        byte[] bytes = in.readNBytes(limits.maxBodyBytes() + 1);
        if (bytes.length > limits.maxBodyBytes()) {
            throw tooLarge();
        }
        return bytes;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            Matcher chunk = CHUNK.matcher(line());
            if (!chunk.matches()) {
                throw malformed("the reply has a bad chunk");
            }
            long length = Long.parseLong(chunk.group(1), 16);
            if (length == 0) {
                // Trailers say nothing that we use.
                List<OutgoingRequest.Header> unused = headers();
                return body.toByteArray();
            }
            body.write(exactly(length, body.size()));
            if (!line().isEmpty()) {
                throw malformed("the reply has a chunk longer than it says");
            }
            // Chunk heads are as small as the peer likes, so they count against the body, not the head.
            headBytes = 0;
        }
    }

    private byte[] decoded(List<OutgoingRequest.Header> headers, byte[] body) throws IOException {
        List<String> codings = values(headers, "content-encoding");
        if (codings.isEmpty() || codings.equals(List.of("identity")) || body.length == 0) {
            return body;
        }
        if (!codings.equals(List.of("gzip")) && !codings.equals(List.of("x-gzip"))) {
            throw malformed("the reply has a content coding other than gzip");
        }
        long most = Math.min(limits.maxBodyBytes(), (long) body.length * limits.maxExpansion());
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] bytes = unpacked.readNBytes((int) most + 1);
            if (bytes.length > most) {
                throw new HttpException(
                        HttpException.Reason.TOO_MUCH,
                        "the compressed body expands to more than " + limits.maxExpansion() + " times its size or "
                                + limits.maxBodyBytes() + " bytes");
            }
            return bytes;
        } catch (ZipException damaged) {
            throw malformed("the compressed body is damaged");
        }
    }

    private static List<String> values(List<OutgoingRequest.Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.is(name))
                .map(header -> header.value().toLowerCase(Locale.ROOT))
                .toList();
    }

    private HttpException tooLarge() {
        return new HttpException(
                HttpException.Reason.TOO_MUCH,
                "the body of the reply is larger than " + limits.maxBodyBytes() + " bytes");
    }

    private static HttpException malformed(String message) {
        return new HttpException(HttpException.Reason.MALFORMED, message);
    }
}
