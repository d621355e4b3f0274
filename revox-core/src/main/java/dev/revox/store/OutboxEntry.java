package dev.revox.store;

import java.time.Instant;

/**
 * Something that must be told to the outside at least once. What it says is made from the order's row when it is sent.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param eventId the same for every delivery of this entry
 */
public record OutboxEntry(String eventId, Channel channel, Instant createdAt) {
    /** How it is told. */
    public enum Channel {
        WEBHOOK
    }
}
