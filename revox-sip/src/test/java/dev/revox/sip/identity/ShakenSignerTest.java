package dev.revox.sip.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.revox.line.CallerClaims.Attestation;
import dev.revox.phone.PhoneNumber;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShakenSignerTest {

    private static final URI CERTIFICATE = URI.create("https://certificates.example.com/sp.pem");
    private static final CallClaims CLAIMS = new CallClaims(
            PhoneNumber.of("+14155550199"), PhoneNumber.of("+442079460123"), Instant.parse("2026-11-30T10:15:30Z"));

    private static KeyPair keys(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    @Test
    void a_passport_says_who_calls_whom_and_verifies_with_the_public_key() throws Exception {
        KeyPair keys = keys("secp256r1");
        String identity = ShakenSigner.of(keys.getPrivate(), CERTIFICATE, Attestation.A)
                .sign(CLAIMS)
                .toCompletableFuture()
                .join();

        String[] parts = identity.substring(0, identity.indexOf(';')).split("\\.", -1);
        assertThat(parts).hasSize(3);
        assertThat(identity.substring(identity.indexOf(';')))
                .isEqualTo(";info=<https://certificates.example.com/sp.pem>;alg=ES256;ppt=shaken");
        assertThat(decoded(parts[0]))
                .isEqualTo("{\"alg\":\"ES256\",\"ppt\":\"shaken\",\"typ\":\"passport\","
                        + "\"x5u\":\"https://certificates.example.com/sp.pem\"}");
        assertThat(decoded(parts[1]))
                .matches("\\{\"attest\":\"A\",\"dest\":\\{\"tn\":\\[\"442079460123\"]},\"iat\":1796033730,"
                        + "\"orig\":\\{\"tn\":\"14155550199\"},\"origid\":\"[0-9a-f-]{36}\"}");
        Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
        check.initVerify(keys.getPublic());
        check.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(check.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    @Test
    void a_key_on_another_curve_is_refused() throws Exception {
        KeyPair keys = keys("secp384r1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ShakenSigner.of(keys.getPrivate(), CERTIFICATE, Attestation.A))
                .withMessageContaining("P-256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.com/a.pem", "https://example.com/\">;x=", "https://exämple.com/a.pem"})
    void what_is_no_plain_https_url_is_refused(String url) throws Exception {
        KeyPair keys = keys("secp256r1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ShakenSigner.of(
                        keys.getPrivate(), URI.create(url.replace("\"", "%22").replace(">", "%3E")), Attestation.B))
                .withMessageContaining("https");
    }

    @Test
    void nothing_printed_shows_a_number() throws Exception {
        assertThat(CLAIMS.toString()).doesNotContain("415", "442");
        assertThat(ShakenSigner.of(keys("secp256r1").getPrivate(), CERTIFICATE, Attestation.C)
                        .toString())
                .isEqualTo("ShakenSigner(C)");
    }
}
