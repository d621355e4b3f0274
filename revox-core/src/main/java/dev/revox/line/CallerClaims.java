package dev.revox.line;

import dev.revox.phone.PhoneNumber;
import java.util.List;
import java.util.Optional;

/**
 * What came with a call about who is calling and by which ways; nothing of it has been verified here.
 *
 * <p><b>Thread:</b> Immutable. Its {@code toString} shows neither numbers nor tokens.
 *
 * @param asserted who the trunk says is calling (P-Asserted-Identity, RFC 3325), from trunks that may call us only
 * @param withheld the caller asked for privacy (RFC 3323)
 * @param verstat how the trunk judged the caller's signature, e.g. {@code TN-Validation-Passed}, empty when it did not say
 * @param attestation how well the signer says that it knows the caller: A fully, B partly, C not (RFC 8588)
 * @param identityTokens the signatures themselves (RFC 8224), for a host that verifies them
 * @param diversions whom the call was meant for before, the latest diversion first (RFC 5806, RFC 7044)
 */
public record CallerClaims(
        Optional<PhoneNumber> asserted,
        boolean withheld,
        Optional<String> verstat,
        Optional<Attestation> attestation,
        List<String> identityTokens,
        List<Diversion> diversions) {

    /** Nothing is known. */
    public static final CallerClaims NONE =
            new CallerClaims(Optional.empty(), false, Optional.empty(), Optional.empty(), List.of(), List.of());

    /** How well the signer knows the caller. */
    public enum Attestation {
        /** It knows the caller, who may use the number. */
        A,
        /** It knows the caller, but not whether the number is his. */
        B,
        /** It only passed the call on. */
        C
    }

    /**
     * One diversion.
     *
     * @param from who diverted the call, empty when that is no telephone number
     * @param reason such as {@code user-busy} or {@code no-answer}, empty when not told
     */
    public record Diversion(Optional<PhoneNumber> from, Optional<String> reason) {}

    public CallerClaims {
        identityTokens = List.copyOf(identityTokens);
        diversions = List.copyOf(diversions);
    }

    @Override
    public String toString() {
        return "CallerClaims(attestation=" + attestation.map(Enum::name).orElse("none") + ", diversions="
                + diversions.size() + ")";
    }
}
