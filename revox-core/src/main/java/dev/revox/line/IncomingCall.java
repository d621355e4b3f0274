package dev.revox.line;

import dev.revox.phone.PhoneNumber;
import java.util.Optional;

/**
 * Who is calling whom.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param caller empty when withheld or not a telephone number
 * @param called empty when the request named no telephone number
 * @param trunk the name of the trunk it came in by
 * @param claims what else came with it about the caller
 */
public record IncomingCall(
        Optional<PhoneNumber> caller, Optional<PhoneNumber> called, String trunk, CallerClaims claims) {

    /** A call that came with nothing else. */
    public IncomingCall(Optional<PhoneNumber> caller, Optional<PhoneNumber> called, String trunk) {
        this(caller, called, trunk, CallerClaims.NONE);
    }
}
