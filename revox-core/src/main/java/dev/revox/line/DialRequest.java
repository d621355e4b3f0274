package dev.revox.line;

import dev.revox.phone.PhoneNumber;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * One INVITE's worth of wishes.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param callId the order's id, for logs and traces
 * @param legId the attempt's id
 * @param from the caller id, or empty for the trunk's default
 * @param ringTimeout how long it may ring before we give up with {@code no_answer}
 * @param besideLegId another leg of the same line, with which this one may be bridged: {@link CallLeg#bridge}
 */
public record DialRequest(
        String callId,
        String legId,
        PhoneNumber to,
        Optional<PhoneNumber> from,
        Duration ringTimeout,
        ListenSettings listening,
        Optional<String> besideLegId) {

    /** A leg that has nothing to do with another one. */
    public DialRequest(
            String callId,
            String legId,
            PhoneNumber to,
            Optional<PhoneNumber> from,
            Duration ringTimeout,
            ListenSettings listening) {
        this(callId, legId, to, from, ringTimeout, listening, Optional.empty());
    }

    public DialRequest {
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(legId, "legId");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(ringTimeout, "ringTimeout");
        Objects.requireNonNull(listening, "listening");
        Objects.requireNonNull(besideLegId, "besideLegId");
    }

    /** The same, carried together with another leg of the same line, so that both can be bridged. */
    public DialRequest beside(CallLeg other) {
        return new DialRequest(callId, legId, to, from, ringTimeout, listening, Optional.of(other.legId()));
    }
}
