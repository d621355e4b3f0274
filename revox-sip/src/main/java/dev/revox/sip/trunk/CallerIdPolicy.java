package dev.revox.sip.trunk;

import dev.revox.phone.PhoneNumber;
import dev.revox.sip.signaling.SipHeader;
import java.util.List;
import java.util.Optional;

/**
 * Where the caller's number stands in an INVITE.
 *
 * <p><b>Thread:</b> Immutable. <b>Spec:</b> RFC 3261 §8.1.1.3, RFC 3325 (P-Asserted-Identity, which only a trunk that trusts us
 * may be sent), RFC 3323 (Privacy).
 */
public enum CallerIdPolicy {
    /** In From. */
    FROM,
    /** In From and in P-Asserted-Identity. */
    FROM_AND_ASSERTED,
    /** Hidden from the called: From is anonymous, P-Asserted-Identity tells the trunk, {@code Privacy: id} asks it to hide it. */
    HIDDEN;

    static final String ANONYMOUS = "\"Anonymous\" <sip:anonymous@anonymous.invalid>";

    /** Header fields beside From. */
    List<SipHeader> headers(Optional<PhoneNumber> number, String hostPort, String scheme) {
        if (this == FROM || number.isEmpty()) {
            return this == HIDDEN ? List.of(new SipHeader("Privacy", "id")) : List.of();
        }
        SipHeader asserted = new SipHeader(
                "P-Asserted-Identity", "<" + scheme + ":" + number.get().e164() + "@" + hostPort + ">");
        return this == HIDDEN ? List.of(asserted, new SipHeader("Privacy", "id")) : List.of(asserted);
    }
}
