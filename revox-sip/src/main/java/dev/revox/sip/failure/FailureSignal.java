package dev.revox.sip.failure;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A final response as far as it tells why.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param sipStatus 300..699; other values are taken for 500
 * @param q850Cause cause of a {@code Reason: Q.850} header (RFC 3326)
 * @param userLocation the Reason header says that the called user is where it came from (RFC 8606, {@code location=U})
 * @param phrase reason phrase of the status line
 * @param vendorCode a trunk operator's own code, e.g. {@code 32203} from {@code X-Twilio-Error}; codes that stand in the
 *     phrase are found there
 * @param rang a 18x came before
 * @param abroad the number may lie outside the trunk's home country
 */
public record FailureSignal(
        int sipStatus,
        OptionalInt q850Cause,
        boolean userLocation,
        String phrase,
        Optional<String> vendorCode,
        boolean rang,
        boolean abroad) {

    public FailureSignal {
        Objects.requireNonNull(q850Cause, "q850Cause");
        Objects.requireNonNull(phrase, "phrase");
        Objects.requireNonNull(vendorCode, "vendorCode");
    }
}
