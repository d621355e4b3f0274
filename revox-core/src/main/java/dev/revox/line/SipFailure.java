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

    /**
     * What a line that could not reach somebody says about trying again. It has tried all ways it has before it says so.
     *
     * <p><b>Thread:</b> Immutable.
     */
    public enum RetryAdvice {
        /** Again, after the usual delay. */
        RETRY,
        /** Again soon; the attempt failed for load and does not count. */
        RETRY_UNCOUNTED,
        /** Never: the same call would fail the same way. */
        NEVER,
        /** Never, and nobody of the tenant may call the number any more: it was refused as unwanted. */
        NEVER_AND_SUPPRESS
    }
}
