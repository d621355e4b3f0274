package dev.revox.store;

import dev.revox.RevoxException;

/** A transition that was not stored because the world has moved on. <b>Thread:</b> Immutable. */
public final class StoreConflictException extends RevoxException {
    private static final long serialVersionUID = 1L;

    /** What has moved on. */
    public enum Reason {
        /** The order was changed since it was read: read it again and decide anew. */
        VERSION,
        /** Somebody else has claimed the order since: hands off. */
        FENCED,
        /** Another order has the same idempotency key: that one is meant. */
        IDEMPOTENCY_KEY,
        /** The concurrency key has no free slot, or another order of it became due earlier. */
        SLOT,
        /** The line carries all the calls it can, or began another one a moment ago. */
        LINE
    }

    private final Reason reason;

    public StoreConflictException(Reason reason, String message) {
        super(message, reason == Reason.VERSION);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
