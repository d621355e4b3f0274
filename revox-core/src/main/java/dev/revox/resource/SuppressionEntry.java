package dev.revox.resource;

import dev.revox.phone.PhoneNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * A number that must not be called by a tenant. Its {@code toString} holds neither the number nor the reason.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param reason in the host's words, {@link #ASKED_ON_A_CALL} or {@link #REFUSED_AS_UNWANTED}
 * @param orderId the call that led to it
 */
public record SuppressionEntry(
        Optional<String> tenant, PhoneNumber number, String reason, Instant since, Optional<String> orderId) {
    /** The person said so on a call: its outcome was {@value}. */
    public static final String ASKED_ON_A_CALL = "do_not_contact";

    /** The called network refused the call as unwanted or as fraud (RFC 8197, RFC 8688): {@value}. */
    public static final String REFUSED_AS_UNWANTED = "refused_as_unwanted";

    @Override
    public String toString() {
        return "SuppressionEntry[since=" + since + "]";
    }
}
