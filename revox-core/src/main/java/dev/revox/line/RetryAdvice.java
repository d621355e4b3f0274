package dev.revox.line;

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
