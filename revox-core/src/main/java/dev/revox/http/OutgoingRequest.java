package dev.revox.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request to be sent. Its {@code toString} holds no header, URL or body.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param method in capitals
 * @param body sent as UTF-8
 * @param headers in order; host, length and connection are set by the client
 */
public record OutgoingRequest(String method, URI url, List<Header> headers, Optional<String> body) {

    /** One header line. */
    public record Header(String name, String value) {

        public Header {
            boolean token = !name.isEmpty() && name.chars().allMatch(Header::isTokenChar);
            boolean clean = value.chars().allMatch(c -> (c >= 0x20 && c != 0x7f) || c == '\t');
            if (!token || !clean) {
                throw new HttpException(
                        HttpException.Reason.MALFORMED, "a header has a name or value that HTTP does not allow");
            }
        }

        private static boolean isTokenChar(int c) {
            return (c >= '0' && c <= '9')
                    || (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
        }

        boolean is(String other) {
            return name.toLowerCase(Locale.ROOT).equals(other);
        }

        @Override
        public String toString() {
            return name + ": ****";
        }
    }

    public OutgoingRequest {
        headers = List.copyOf(headers);
        if (!method.matches("[A-Z]{1,16}")) {
            throw new HttpException(HttpException.Reason.MALFORMED, "the method must be a word in capitals");
        }
    }

    public static OutgoingRequest get(URI url) {
        return new OutgoingRequest("GET", url, List.of(), Optional.empty());
    }

    /** A POST of a JSON document. */
    public static OutgoingRequest postJson(URI url, String json) {
        return new OutgoingRequest(
                "POST", url, List.of(new Header("Content-Type", "application/json")), Optional.of(json));
    }

    public OutgoingRequest withHeader(String name, String value) {
        List<Header> all = new ArrayList<>(headers);
        all.add(new Header(name, value));
        return new OutgoingRequest(method, url, all, body);
    }

    @Override
    public String toString() {
        return "OutgoingRequest[" + method + "]";
    }
}
