package dev.revox.testkit.sim.check;

/** Something that Revox promises and that a run may show to be broken. */
public enum Promise {
    /** An accepted order comes to a final status, or is planned for the future. */
    NO_LOST_ORDER,
    /** A settled order is reported, and only once. */
    REPORTED_ONCE,
    /** A settled order never becomes anything else, and a paused one is not dialled. */
    FINAL_IS_FINAL,
    /** A change that the store has acknowledged is there when the next one is made. */
    NO_LOST_CHANGE,
    /** One idempotency key, one order. */
    SAME_KEY_SAME_ORDER,
    /** An INVITE leaves only for a live row of this attempt, within a minute of it. */
    ROW_BEFORE_INVITE,
    /** An attempt is one INVITE at most. */
    ONE_INVITE_PER_ATTEMPT,
    /** No second call of an order begins before the one before is over where it rings. */
    ONE_CALL_AT_A_TIME,
    /** No attempt outside the windows of its order. */
    WITHIN_WINDOW,
    /** No attempt before the wished start, the retry delay, or the horizon of a lost call. */
    NOT_TOO_EARLY,
    /** No more live calls with a concurrency key than the order that begins allows. */
    KEY_LIMIT,
    /** Orders of a key begin in the order of becoming due. */
    KEY_ORDER,
    /** No more calls at a time than the line carries. */
    LINE_CAPACITY,
    /** No more beginnings per second than the line carries. */
    LINE_PACE,
    /** No more calls at a time than a node may hold. */
    NODE_CAPACITY,
    /** No more attempts than the policy allows. */
    MAX_ATTEMPTS,
    /** Events of an attempt nest and close on every node that lives. */
    EVENTS_NEST,
    /** Nothing is left of an engine that was closed. */
    NOTHING_LEFT
}
