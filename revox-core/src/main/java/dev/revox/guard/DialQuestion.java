package dev.revox.guard;

import dev.revox.order.OrderKey;
import dev.revox.phone.PhoneNumber;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a guard is asked about: one attempt of one order. Its {@code toString} masks the number and leaves the metadata out.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param order the order's tenant and id
 * @param number who would be called
 * @param attempt 1 for the first attempt; attempts that the trunk refused for load do not count
 * @param moment why it is asked now
 * @param metadata the order's, as the host gave it
 * @param at the instant of asking, which at {@link Moment#DIAL} is that of the call
 */
public record DialQuestion(
        OrderKey order, PhoneNumber number, int attempt, Moment moment, Map<String, String> metadata, Instant at) {
    /** When a guard is asked. */
    public enum Moment {
        /** The order is being placed; a no refuses it. */
        PLACE,
        /** The INVITE is about to leave. */
        DIAL
    }

    public DialQuestion {
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(number, "number");
        Objects.requireNonNull(moment, "moment");
        Objects.requireNonNull(at, "at");
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt must be at least 1, was " + attempt);
        }
    }

    /** The organization that the order belongs to, empty without tenants. */
    public Optional<String> tenant() {
        return order.tenant();
    }

    @Override
    public String toString() {
        return "DialQuestion[order=" + order.id() + ", number=" + number + ", attempt=" + attempt + ", moment=" + moment
                + ", at=" + at + ']';
    }
}
