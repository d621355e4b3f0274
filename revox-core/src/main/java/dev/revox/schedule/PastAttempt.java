package dev.revox.schedule;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What planning needs to know of an attempt that is over.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param kind how it counts
 * @param notBefore when its call is over for certain, for attempts whose owner was lost
 */
public record PastAttempt(Instant startedAt, Instant endedAt, Kind kind, Optional<Instant> notBefore) {
    /** How an attempt counts for the next one. */
    public enum Kind {
        /** No person was reached; the ordinary case of a retry. */
        NOT_REACHED,
        /** A person was reached. */
        REACHED,
        /** The trunk refused for its own limits: backed off from, and not counted against the maximum. */
        REFUSED_FOR_LOAD,
        /** Its owner vanished; the call may have been up for as long as a call can last. */
        ENGINE_LOST
    }

    public PastAttempt {
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(endedAt, "endedAt");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(notBefore, "notBefore");
    }

    public static PastAttempt of(Instant startedAt, Instant endedAt, Kind kind) {
        return new PastAttempt(startedAt, endedAt, kind, Optional.empty());
    }

    boolean counts() {
        return kind != Kind.REFUSED_FOR_LOAD;
    }
}
