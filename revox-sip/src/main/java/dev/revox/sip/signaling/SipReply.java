package dev.revox.sip.signaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A response to send; Via, From, To, Call-ID, CSeq and Record-Route are taken from the request.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param toTag our tag, empty when the request brought one or for a 100
 */
public record SipReply(int status, Optional<String> toTag, List<SipHeader> headers, Optional<SipBody> body) {

    public SipReply {
        headers = List.copyOf(headers);
    }

    public static SipReply of(int status) {
        return new SipReply(status, Optional.empty(), List.of(), Optional.empty());
    }

    public SipReply tagged(String tag) {
        return new SipReply(status, Optional.of(tag), headers, body);
    }

    public SipReply with(String name, String value) {
        List<SipHeader> more = new ArrayList<>(headers);
        more.add(new SipHeader(name, value));
        return new SipReply(status, toTag, more, body);
    }

    public SipReply carrying(SipBody newBody) {
        return new SipReply(status, toTag, headers, Optional.of(newBody));
    }
}
