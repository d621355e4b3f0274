package dev.revox.sip.identity;

import dev.revox.phone.PhoneNumber;
import java.time.Instant;

/**
 * What is to be signed about one call.
 *
 * <p><b>Thread:</b> Immutable. Its {@code toString} shows no numbers.
 *
 * @param caller the number that is shown, or told to the trunk when it is hidden
 * @param called the number that was asked for
 * @param at whole seconds; stands in the call's {@code Date} too
 */
public record CallClaims(PhoneNumber caller, PhoneNumber called, Instant at) {

    @Override
    public String toString() {
        return "CallClaims(" + at + ")";
    }
}
