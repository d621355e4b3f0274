package dev.revox.line;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The raw words behind a {@code DialError}, kept for the developer who has to explain it.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param sipStatus the final response, empty when none came
 * @param q850Cause from the Reason header (RFC 3326), empty when there was none
 */
public record SipFailure(OptionalInt sipStatus, OptionalInt q850Cause, Optional<String> reasonPhrase, String trunk) {

    /** A failure that no response explains. */
    public static SipFailure local(String phrase, String trunk) {
        return new SipFailure(OptionalInt.empty(), OptionalInt.empty(), Optional.of(phrase), trunk);
    }
}
