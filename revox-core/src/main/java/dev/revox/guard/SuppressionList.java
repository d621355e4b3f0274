package dev.revox.guard;

import dev.revox.phone.PhoneNumber;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A port to the numbers that a tenant no longer calls.
 *
 * <p><b>Thread:</b> asked from any thread; may block. An exception counts as a failed guard: nobody is called.
 */
@FunctionalInterface
public interface SuppressionList {
    /**
     * The entry of a number; empty when the number may be called.
     *
     * @param tenant the organization, empty without tenants
     */
    Optional<Entry> find(Optional<String> tenant, PhoneNumber number);

    /**
     * Why and since when a number is not called.
     *
     * @param reason in a few words, such as "asked not to be called"; shown to the host, holds no number
     */
    record Entry(String reason, Instant since) {
        public Entry {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(since, "since");
        }
    }
}
