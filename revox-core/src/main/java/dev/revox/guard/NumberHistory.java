package dev.revox.guard;

import dev.revox.phone.PhoneNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A port to what has happened to a number over all orders of a tenant.
 *
 * <p><b>Thread:</b> asked from any thread; may block. An exception counts as a failed guard: nobody is called.
 */
public interface NumberHistory {
    /**
     * Starts of all attempts to call a number, live ones included, in any order.
     *
     * @param tenant the organization, empty without tenants
     * @param since starts before it may be left out
     */
    List<Instant> attemptStarts(Optional<String> tenant, PhoneNumber number, Instant since);

    /**
     * When the number's owner last refused to be called, such as by an outcome that says so; empty when that never happened.
     *
     * @param tenant the organization, empty without tenants
     */
    Optional<Instant> lastRefusal(Optional<String> tenant, PhoneNumber number);
}
