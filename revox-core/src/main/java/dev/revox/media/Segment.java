package dev.revox.media;

import java.util.Objects;
import java.util.Optional;

/**
 * One piece of agent speech: what the mouth plays as a unit and what the heard-ledger counts.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param id unique within its call, increasing
 * @param providerItemId the id by which a realtime model truncates what it said
 */
public record Segment(long id, Optional<String> providerItemId) {

    public Segment {
        Objects.requireNonNull(providerItemId, "providerItemId");
    }

    public static Segment of(long id) {
        return new Segment(id, Optional.empty());
    }
}
