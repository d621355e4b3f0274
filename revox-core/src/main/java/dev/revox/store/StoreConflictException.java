package dev.revox.store;

import dev.revox.RevoxException;
import java.time.Instant;
import java.util.Optional;

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
        LINE,
        /** The contact of the new order has an order or is cancelled, or its campaign is not running. */
        CONTACT,
        /** The order's campaign is not running, so that no attempt may begin. */
        CAMPAIGN,
        /** The order's campaign began another call a moment ago. */
        PACE
    }

    private final Reason reason;
    private final transient Optional<Instant> notBefore;

    public StoreConflictException(Reason reason, String message) {
        this(reason, message, Optional.empty());
    }

    private StoreConflictException(Reason reason, String message, Optional<Instant> notBefore) {
        super(message, reason == Reason.VERSION);
        this.reason = reason;
        this.notBefore = notBefore;
    }

    /** An attempt that comes too soon after another one of its campaign. */
    public static StoreConflictException paced(String campaignId, Instant notBefore) {
        return new StoreConflictException(
                Reason.PACE, "campaign " + campaignId + " began a call a moment ago", Optional.of(notBefore));
    }

    /** For {@link Reason#PACE}: when the attempt may begin. */
    public Optional<Instant> notBefore() {
        return notBefore;
    }

    public Reason reason() {
        return reason;
    }
}
