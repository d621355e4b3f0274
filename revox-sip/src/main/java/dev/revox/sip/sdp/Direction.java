package dev.revox.sip.sdp;

import java.util.Optional;

/** Which way the media of a stream flows, seen by who wrote the description (RFC 8866 §6.7). <b>Thread:</b> Immutable. */
enum Direction {
    SENDRECV("sendrecv", true, true),
    SENDONLY("sendonly", true, false),
    RECVONLY("recvonly", false, true),
    INACTIVE("inactive", false, false);

    private final String attribute;
    private final boolean sends;
    private final boolean receives;

    Direction(String attribute, boolean sends, boolean receives) {
        this.attribute = attribute;
        this.sends = sends;
        this.receives = receives;
    }

    String attribute() {
        return attribute;
    }

    boolean sends() {
        return sends;
    }

    boolean receives() {
        return receives;
    }

    /** The fullest answer to an offer with this direction (RFC 3264 §6.1). */
    Direction mirrored() {
        return switch (this) {
            case SENDRECV -> SENDRECV;
            case SENDONLY -> RECVONLY;
            case RECVONLY -> SENDONLY;
            case INACTIVE -> INACTIVE;
        };
    }

    /** This direction, less what we would hear while we hold the call (RFC 3264 §8.4). */
    Direction held() {
        return sends ? SENDONLY : INACTIVE;
    }

    static Optional<Direction> of(String attributeName) {
        for (Direction direction : values()) {
            if (direction.attribute.equals(attributeName)) {
                return Optional.of(direction);
            }
        }
        return Optional.empty();
    }
}
