package dev.revox.sip.identity;

import dev.revox.line.CallerClaims.Attestation;
import dev.revox.phone.PhoneNumber;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * Signs with a private key of one's own, whose certificate a token authority issued and everybody can fetch.
 *
 * <p>{@code ShakenSigner.of(key, URI.create("https://certificates.example.com/sp.pem"), Attestation.A)}
 *
 * <p><b>Thread:</b> Thread-safe; signs at once, in some tenths of a millisecond. <b>Spec:</b> RFC 8224, RFC 8225 §9 (the form that is
 * signed), RFC 8588.
 */
public final class ShakenSigner implements CallSigner {

    private static final int P256_BITS = 256;
    private static final Pattern PLAIN_URL = Pattern.compile("https://[A-Za-z0-9._~:/?#@!$&()*+,=%-]{1,200}");
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final PrivateKey key;
    private final String certificate;
    private final Attestation attestation;

    private ShakenSigner(PrivateKey key, String certificate, Attestation attestation) {
        this.key = key;
        this.certificate = certificate;
        this.attestation = attestation;
    }

    /**
     * A signer.
     *
     * @param key on the curve P-256
     * @param certificate where the key's certificate can be fetched, over https
     * @param attestation how well the caller is known; A only for numbers that the caller may use
     * @throws IllegalArgumentException naming what does not fit
     */
    public static ShakenSigner of(PrivateKey key, URI certificate, Attestation attestation) {
        if (!(key instanceof ECPrivateKey ec) || ec.getParams().getOrder().bitLength() != P256_BITS) {
            throw new IllegalArgumentException("key must be an EC key on the curve P-256 (ES256)");
        }
        if (!PLAIN_URL.matcher(certificate.toString()).matches()) {
            throw new IllegalArgumentException("certificate must be an https URL of at most 200 characters");
        }
        return new ShakenSigner(key, certificate.toString(), Objects.requireNonNull(attestation, "attestation"));
    }

    @Override
    public CompletionStage<String> sign(CallClaims claims) {
        String header = "{\"alg\":\"ES256\",\"ppt\":\"shaken\",\"typ\":\"passport\",\"x5u\":\"" + certificate + "\"}";
        String payload = "{\"attest\":\"" + attestation + "\",\"dest\":{\"tn\":[\"" + digits(claims.called())
                + "\"]},\"iat\":" + claims.at().getEpochSecond() + ",\"orig\":{\"tn\":\"" + digits(claims.caller())
                + "\"},\"origid\":\"" + UUID.randomUUID() + "\"}";
        String signed = encoded(header) + "." + encoded(payload);
        try {
            String token = signed + "." + BASE64.encodeToString(signature(signed));
            return CompletableFuture.completedStage(token + ";info=<" + certificate + ">;alg=ES256;ppt=shaken");
        } catch (GeneralSecurityException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private byte[] signature(String text) throws GeneralSecurityException {
        // R and S one after the other, as RFC 7518 §3.4 wants them, not in ASN.1.
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key);
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return signature.sign();
    }

    private static String digits(PhoneNumber number) {
        return number.e164().substring(1);
    }

    private static String encoded(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "ShakenSigner(" + attestation + ")";
    }
}
