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
 * @param retry what the line makes of it, empty when it leaves that to the kind of failure
 */
public record SipFailure(
        OptionalInt sipStatus,
        OptionalInt q850Cause,
        Optional<String> reasonPhrase,
        String trunk,
        Optional<RetryAdvice> retry) {

    /** Without advice. */
    public SipFailure(OptionalInt sipStatus, OptionalInt q850Cause, Optional<String> reasonPhrase, String trunk) {
        this(sipStatus, q850Cause, reasonPhrase, trunk, Optional.empty());
    }

    /** A failure that no response explains. */
    public static SipFailure local(String phrase, String trunk) {
        return new SipFailure(OptionalInt.empty(), OptionalInt.empty(), Optional.of(phrase), trunk);
    }

    /** The same with what it says about trying again. */
    public SipFailure advising(RetryAdvice advice) {
        return new SipFailure(sipStatus, q850Cause, reasonPhrase, trunk, Optional.of(advice));
    }
}
