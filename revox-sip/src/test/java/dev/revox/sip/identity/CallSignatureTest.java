package dev.revox.sip.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.phone.PhoneNumber;
import dev.revox.sip.signaling.SipHeader;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallSignatureTest {

    private static final CallClaims CLAIMS = new CallClaims(
            PhoneNumber.of("+14155550199"), PhoneNumber.of("+14155550132"), Instant.parse("2026-11-30T10:15:30Z"));

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-11-30T10:15:30Z"));
    private final List<List<SipHeader>> told = new ArrayList<>();

    private void sign(CallSigner signer) {
        CallSignature.of(signer, CLAIMS, time, told::add);
    }

    @Test
    void a_signed_call_has_its_signature_and_the_date_that_was_signed() {
        sign(claims -> CompletableFuture.completedStage("a.b.c;info=<https://x.test/c>;alg=ES256;ppt=shaken"));

        assertThat(told)
                .containsExactly(List.of(
                        new SipHeader("Date", "Mon, 30 Nov 2026 10:15:30 GMT"),
                        new SipHeader("Identity", "a.b.c;info=<https://x.test/c>;alg=ES256;ppt=shaken")));
        assertThat(time.pendingCount()).isZero();
    }

    @Test
    void a_signer_that_does_not_answer_lets_the_call_go_unsigned_after_two_seconds_and_is_not_heard_later() {
        CompletableFuture<String> late = new CompletableFuture<>();
        sign(claims -> late);
        assertThat(told).isEmpty();

        time.advance(Duration.ofSeconds(2));
        late.complete("a.b.c");

        assertThat(told).containsExactly(List.of());
    }

    @Test
    void a_signer_that_fails_or_throws_lets_the_call_go_unsigned() {
        sign(claims -> CompletableFuture.failedStage(new IllegalStateException("no key")));
        sign(claims -> {
            throw new IllegalStateException("no signer");
        });

        assertThat(told).containsExactly(List.of(), List.of());
        assertThat(time.pendingCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b.c\r\nEvil: yes", "a b", "ä"})
    void what_is_no_identity_never_reaches_a_message(String value) {
        sign(claims -> CompletableFuture.completedStage(value));

        assertThat(told).containsExactly(List.of());
    }
}
