package dev.revox.line;

/** Why a transfer came to nothing. */
public enum TransferError {
    /** The other side will not be transferred (403, 603 and the like). */
    REFUSED,
    /** The other side, or this kind of line, cannot do it (405, 420, 489, 501). */
    NOT_SUPPORTED,
    /** The other side tried and the new callee was busy, absent or wrong. */
    TARGET_NOT_REACHED,
    /** Nobody answered the request, or nobody said in time how it went. */
    TIMEOUT,
    /** The number is of a kind that costs more than people expect, and is not allowed. */
    DESTINATION_NOT_ALLOWED,
    /** The leg is not up, or another transfer is under way. */
    NOT_NOW
}
