package dev.revox.resource;

import dev.revox.phone.PhoneNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * A telephone number of our own. Its {@code toString} is masked.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param name the host's word for it
 * @param inboundAssistantId who answers calls to it; calls are refused without one, and while it names no stored assistant
 * @param version goes up by one with every change, for optimistic locking
 */
public record OwnNumber(
        Optional<String> tenant,
        PhoneNumber number,
        Optional<String> name,
        Optional<String> inboundAssistantId,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    /** The same number with other words and another assistant, one version on. */
    public OwnNumber changed(Optional<String> newName, Optional<String> newInboundAssistantId, Instant now) {
        return new OwnNumber(tenant, number, newName, newInboundAssistantId, createdAt, now, version + 1);
    }

    @Override
    public String toString() {
        return "OwnNumber[" + number + ", version=" + version + "]";
    }
}
