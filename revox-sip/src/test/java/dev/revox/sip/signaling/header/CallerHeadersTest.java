package dev.revox.sip.signaling.header;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.line.CallerClaims;
import dev.revox.line.CallerClaims.Attestation;
import dev.revox.line.CallerClaims.Diversion;
import dev.revox.phone.PhoneNumber;
import dev.revox.sip.signaling.SipFrame;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who a call says that it is from: S24. */
class CallerHeadersTest {

    private static SipFrame invite(Map<String, List<String>> headers) {
        return new SipFrame(
                "INVITE",
                "c",
                1,
                "\"Eve <sip:+1999@x>\" <sip:+14155550100;verstat=No-TN-Validation@trunk.test>;tag=t",
                "<sip:a@b>",
                "",
                "t",
                "",
                "z9hG4bK",
                Optional.empty(),
                List.of(),
                headers,
                Optional.empty(),
                new InetSocketAddress("192.0.2.9", 5060));
    }

    private static String token(String payload) {
        return "eyJhbGciOiJFUzI1NiJ9."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(StandardCharsets.UTF_8))
                + ".c2ln;info=<https://cert.test/c.pem>;alg=ES256;ppt=shaken";
    }

    @Test
    void s24_the_signature_is_surfaced_with_its_attestation_and_never_printed() {
        String token = token("{\"attest\":\"B\",\"orig\":{\"tn\":\"14155550100\"}}");
        CallerClaims claims = CallerHeaders.of(invite(Map.of("identity", List.of(token))));
        assertThat(claims.attestation()).hasValue(Attestation.B);
        assertThat(claims.identityTokens()).containsExactly(token);
        assertThat(claims.toString()).doesNotContain("eyJ").doesNotContain("+1415");
        assertThat(claims.verstat()).hasValue("No-TN-Validation");
    }

    @Test
    void s24_the_trunks_verdict_and_the_asserted_number_are_read_in_each_place_where_they_stand() {
        for (String header : List.of(
                "<sip:+14155550111;verstat=TN-Validation-Passed@trunk.test>",
                "\"A, B\" <sip:+14155550111@trunk.test;verstat=TN-Validation-Passed;user=phone>",
                "<sip:+14155550111@trunk.test>;verstat=TN-Validation-Passed",
                "<tel:+1-415-555-0111;verstat=TN-Validation-Passed>")) {
            CallerClaims claims = CallerHeaders.of(invite(Map.of("p-asserted-identity", List.of(header))));
            assertThat(claims.verstat()).as(header).hasValue("TN-Validation-Passed");
            assertThat(claims.asserted()).as(header).hasValue(PhoneNumber.of("+14155550111"));
        }
    }

    @Test
    void s24_diversions_are_read_from_either_header_the_latest_first() {
        assertThat(CallerHeaders.of(
                                invite(
                                        Map.of(
                                                "diversion",
                                                List.of(
                                                        "<sip:+14155550122@x.test>;reason=user-busy, <tel:+14155550133>;reason=no-answer"))))
                        .diversions())
                .containsExactly(
                        new Diversion(Optional.of(PhoneNumber.of("+14155550122")), Optional.of("user-busy")),
                        new Diversion(Optional.of(PhoneNumber.of("+14155550133")), Optional.of("no-answer")));
        assertThat(CallerHeaders.of(invite(Map.of(
                                "history-info",
                                List.of(
                                        "<sip:+14155550133@x.test?Reason=SIP%3Bcause%3D408>;index=1",
                                        "<sip:+14155550122@x.test?Reason=SIP%3Bcause%3D486>;index=1.1",
                                        "<sip:+14155550100@x.test>;index=1.2"))))
                        .diversions())
                .containsExactly(
                        new Diversion(Optional.of(PhoneNumber.of("+14155550122")), Optional.of("user-busy")),
                        new Diversion(Optional.of(PhoneNumber.of("+14155550133")), Optional.of("no-answer")));
    }

    @Test
    void s24_a_withheld_caller_is_told_as_such_and_nonsense_as_nothing() {
        assertThat(CallerHeaders.of(invite(Map.of("privacy", List.of("id;critical"))))
                        .withheld())
                .isTrue();
        CallerClaims claims = CallerHeaders.of(invite(Map.of(
                "privacy", List.of("none"),
                "identity", List.of("...", "a.!!!.b", ""),
                "diversion", List.of("<", "\"", ",,,", "<sip:@>"),
                "history-info", List.of("<sip:x?Reason=cause=999999"),
                "p-asserted-identity", List.of("<sip:anonymous@anonymous.invalid>"))));
        assertThat(claims.withheld()).isFalse();
        assertThat(claims.attestation()).isEmpty();
        assertThat(claims.asserted()).isEmpty();
    }
}
