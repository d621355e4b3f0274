package dev.revox.sip.signaling.header;

import dev.revox.sip.signaling.SipFrame;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The dialog that a new call takes the place of, named from the side of whoever receives it.
 *
 * <p><b>Thread:</b> Immutable. <b>Spec:</b> RFC 3891 §6.1, RFC 3515 §2.1 for its escaped form in Refer-To.
 *
 * @param toTag the receiver's own tag
 * @param fromTag the tag of the other end
 * @param earlyOnly only while the dialog is not confirmed
 */
public record Replaces(String callId, String toTag, String fromTag, boolean earlyOnly) {

    /** What a request asks for. */
    public static Optional<Replaces> of(SipFrame invite) {
        List<String> values = invite.values("Replaces");
        return values.size() == 1 ? parse(values.getFirst()) : Optional.empty();
    }

    /** True when it is there at all, well-formed or not. */
    public static boolean present(SipFrame invite) {
        return !invite.values("Replaces").isEmpty();
    }

    static Optional<Replaces> parse(String value) {
        int semicolon = value.indexOf(';');
        if (semicolon <= 0) {
            return Optional.empty();
        }
        Map<String, String> parameters = NameAddr.parameters(value.substring(semicolon));
        String toTag = parameters.getOrDefault("to-tag", "");
        String fromTag = parameters.getOrDefault("from-tag", "");
        return toTag.isEmpty() || fromTag.isEmpty()
                ? Optional.empty()
                : Optional.of(new Replaces(
                        value.substring(0, semicolon).strip(), toTag, fromTag, parameters.containsKey("early-only")));
    }

    /** As the header of a URI in Refer-To. */
    public String escaped() {
        String value = callId + ";to-tag=" + toTag + ";from-tag=" + fromTag;
        return "Replaces="
                + URLEncoder.encode(value, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("*", "%2A");
    }
}
