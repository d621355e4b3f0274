package dev.revox.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A whole reply. Its {@code toString} holds no content.
 *
 * <p><b>Thread:</b> Immutable.
 */
public final class HttpReply {

    private final int status;
    private final List<OutgoingRequest.Header> headers;
    private final byte[] body;

    HttpReply(int status, List<OutgoingRequest.Header> headers, byte[] body) {
        this.status = status;
        this.headers = List.copyOf(headers);
        this.body = body;
    }

    public int status() {
        return status;
    }

    /** True for 200 to 299. */
    public boolean successful() {
        return status >= 200 && status <= 299;
    }

    /** The first header of this name, in lower case. */
    public Optional<String> header(String lowerCaseName) {
        return headers.stream()
                .filter(header -> header.is(lowerCaseName))
                .map(OutgoingRequest.Header::value)
                .findFirst();
    }

    /** The body, free of any transfer or content coding. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "HttpReply[" + status + ", " + body.length + " bytes]";
    }
}
