package dev.revox.sip.signaling;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What every received message carries.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param method of the request, or of the request that a response answers
 * @param from whole value of From, with its tag
 * @param to whole value of To
 * @param fromUser user part of the From URI, empty when it has none
 * @param toTag empty when there is none
 * @param contact URI of the first Contact
 * @param recordRoutes in the order of the message
 * @param headers all other headers, values by lower-case name
 */
public record SipFrame(
        String method,
        String callId,
        long cseq,
        String from,
        String to,
        String fromUser,
        String fromTag,
        String toTag,
        String branch,
        Optional<String> contact,
        List<String> recordRoutes,
        Map<String, List<String>> headers,
        Optional<SipBody> body,
        InetSocketAddress source) {

    public SipFrame {
        recordRoutes = List.copyOf(recordRoutes);
        headers = Map.copyOf(headers);
    }

    public List<String> values(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    public Optional<String> first(String name) {
        return values(name).stream().findFirst();
    }

    /** The session description, when there is one. */
    public Optional<String> sdp() {
        return body.filter(SipBody::isSdp).map(SipBody::content);
    }

    @Override
    public String toString() {
        return method + " cseq=" + cseq;
    }
}
