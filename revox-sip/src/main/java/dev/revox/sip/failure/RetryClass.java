package dev.revox.sip.failure;

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
    FINAL_AND_SUPPRESS
}
