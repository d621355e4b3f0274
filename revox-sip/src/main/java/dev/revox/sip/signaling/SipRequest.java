package dev.revox.sip.signaling;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A request to send, complete: what stands here is all that goes out, besides {@code Content-Length}.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param branch of our Via; names the transaction (RFC 3261 §8.1.1.7)
 */
public record SipRequest(
        String method, String uri, String branch, long cseq, List<SipHeader> headers, Optional<SipBody> body) {

    public SipRequest {
        headers = List.copyOf(headers);
        for (int i = 0; i < uri.length(); i++) {
            if (uri.charAt(i) <= ' ' || uri.charAt(i) == 0x7f) {
                throw new IllegalArgumentException("request URI would hold a blank or control character");
            }
        }
    }

    /** The first value of a header, empty when it is not there. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(h -> h.name().equalsIgnoreCase(name))
                .map(SipHeader::value)
                .findFirst();
    }

    /** The same request in another transaction. */
    public SipRequest inBranch(String other) {
        List<SipHeader> changed = headers.stream()
                .map(h -> h.name().equals("Via")
                        ? new SipHeader("Via", h.value().replace("branch=" + branch, "branch=" + other))
                        : h)
                .toList();
        return new SipRequest(method, uri, other, cseq, changed, body);
    }

    /** The message as it goes over the wire. */
    public String encode() {
        StringBuilder text = new StringBuilder(1024);
        text.append(method).append(' ').append(uri).append(" SIP/2.0\r\n");
        for (SipHeader header : headers) {
            text.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        body.ifPresent(
                b -> text.append("Content-Type: ").append(b.contentType()).append("\r\n"));
        int length = body.map(b -> b.content().getBytes(StandardCharsets.UTF_8).length)
                .orElse(0);
        text.append("Content-Length: ").append(length).append("\r\n\r\n");
        body.ifPresent(b -> text.append(b.content()));
        return text.toString();
    }

    @Override
    public String toString() {
        return method + " cseq=" + cseq;
    }
}
