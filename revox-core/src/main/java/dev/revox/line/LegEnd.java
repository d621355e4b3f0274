package dev.revox.line;

/** Why a leg that was up is over. */
public enum LegEnd {
    /** The other side sent BYE. */
    REMOTE_HANGUP,
    /** We were asked to hang up. */
    LOCAL_HANGUP,
    /** The other side was handed over to somebody else, by {@link CallLeg#transfer}. */
    TRANSFERRED,
    /** No RTP came for the line's limit. */
    MEDIA_TIMEOUT,
    /** The session timer ran out (RFC 4028). */
    SESSION_EXPIRED,
    /** A defect of ours, or the line was closed. */
    INTERNAL_ERROR
}
