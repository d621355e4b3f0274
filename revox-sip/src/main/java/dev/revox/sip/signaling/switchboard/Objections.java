package dev.revox.sip.signaling.switchboard;

import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.SipFrame;
import dev.revox.sip.signaling.SipReply;
import dev.revox.sip.signaling.dialog.LocalParty;
import dev.revox.sip.signaling.header.OptionTags;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is wrong with a request before anybody looks at what it wants. <b>Thread:</b> Thread-safe. <b>Spec:</b> RFC 3261 §8.2. */
public final class Objections {

    /** Methods that some RFC defines and we do not serve where they came. */
    private static final Set<String> KNOWN = Set.of(
            "INVITE",
            "ACK",
            "CANCEL",
            "BYE",
            "OPTIONS",
            "INFO",
            "UPDATE",
            "PRACK",
            "NOTIFY",
            "REGISTER",
            "MESSAGE",
            "PUBLISH");

    private Objections() {}

    /** 420, 415 or 400; empty when the request may be looked at. */
    public static Optional<SipReply> to(IncomingRequest request) {
        SipFrame frame = request.frame();
        List<String> unknown = OptionTags.unknown(frame);
        // RFC 3261 §8.2.2.3: an extension may not be required of a CANCEL.
        if (!frame.method().equals("CANCEL") && !unknown.isEmpty()) {
            return Optional.of(SipReply.of(420).with("Unsupported", String.join(", ", unknown)));
        }
        boolean encoded = frame.values("Content-Encoding").stream()
                .anyMatch(e -> !e.strip().equalsIgnoreCase("identity"));
        if (encoded && frame.body().isPresent()) {
            return Optional.of(SipReply.of(415).with("Accept-Encoding", "identity"));
        }
        boolean sessionMethod =
                frame.method().equals("INVITE") || frame.method().equals("UPDATE");
        if (sessionMethod && frame.body().isPresent() && frame.sdp().isEmpty()) {
            return Optional.of(SipReply.of(415).with("Accept", LocalParty.ACCEPT));
        }
        if (frame.method().equals("INVITE") && frame.contact().isEmpty()) {
            return Optional.of(SipReply.of(400));
        }
        return Optional.empty();
    }

    /** The answer to a request that has no meaning where it came. */
    public static SipReply outOfPlace(SipFrame frame) {
        return switch (frame.method()) {
            case "OPTIONS" -> capabilities();
            case "BYE", "CANCEL", "UPDATE", "PRACK", "INFO", "NOTIFY" -> SipReply.of(481);
            // Who is called is not for the other side to choose.
            case "REFER" -> SipReply.of(603);
            case "SUBSCRIBE" -> SipReply.of(489).with("Allow-Events", "refer");
            default ->
                KNOWN.contains(frame.method())
                        ? SipReply.of(405).with("Allow", LocalParty.ALLOW)
                        : SipReply.of(501).with("Allow", LocalParty.ALLOW);
        };
    }

    private static SipReply capabilities() {
        return SipReply.of(200)
                .with("Allow", LocalParty.ALLOW)
                .with("Accept", LocalParty.ACCEPT)
                .with("Supported", LocalParty.SUPPORTED);
    }
}
