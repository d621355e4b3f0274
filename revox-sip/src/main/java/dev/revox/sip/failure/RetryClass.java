package dev.revox.sip.failure;

import dev.revox.line.SipFailure.RetryAdvice;

/** What a failed attempt says about the next one. <b>Thread:</b> Immutable. */
public enum RetryClass {
    /** Again, after the normal delay. */
    RETRY,
    /** Again soon, with back-off; this one does not count as an attempt. */
    RETRY_UNCOUNTED,
    /** Once more by the next trunk, then never. */
    NEXT_TRUNK_THEN_FINAL,
    /** Never: the same dial would fail the same way. */
    FINAL,
    /** Never, and the number is not to be called again at all. */
    FINAL_AND_SUPPRESS,
    /** Not by another trunk; whoever gave the call up knows whether there is a next time. */
    WITHDRAWN;

    /** What the engine is told, once there is no other trunk to try. */
    public RetryAdvice advice() {
        return switch (this) {
            case RETRY, WITHDRAWN -> RetryAdvice.RETRY;
            case RETRY_UNCOUNTED -> RetryAdvice.RETRY_UNCOUNTED;
            case NEXT_TRUNK_THEN_FINAL, FINAL -> RetryAdvice.NEVER;
            case FINAL_AND_SUPPRESS -> RetryAdvice.NEVER_AND_SUPPRESS;
        };
    }
}
