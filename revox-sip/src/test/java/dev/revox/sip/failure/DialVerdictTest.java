package dev.revox.sip.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.attempt.DialError;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialVerdictTest {

    private static FailureSignal signal(int status, int cause, String phrase) {
        return new FailureSignal(
                status,
                cause < 0 ? OptionalInt.empty() : OptionalInt.of(cause),
                false,
                phrase,
                Optional.empty(),
                false,
                true);
    }

    @ParameterizedTest
    @CsvSource({
        "404, -1, '', NUMBER_NON_ATTRIBUTED, NEXT_TRUNK_THEN_FINAL",
        "404, 1, '', NUMBER_NON_ATTRIBUTED, FINAL",
        "404, 2, '', NUMBER_NON_ATTRIBUTED, NEXT_TRUNK_THEN_FINAL",
        "404, -1, 'D40 No route', NUMBER_NON_ATTRIBUTED, NEXT_TRUNK_THEN_FINAL",
        "410, 22, '', NUMBER_NON_ATTRIBUTED, FINAL",
        "484, 28, '', NUMBER_NON_ATTRIBUTED, FINAL",
        "604, -1, '', NUMBER_NON_ATTRIBUTED, FINAL",
        "486, 17, '', BUSY, RETRY",
        "600, -1, '', BUSY, RETRY",
        "603, -1, Decline, BUSY, RETRY",
        "408, 18, '', NO_ANSWER, RETRY",
        "480, 19, '', NO_ANSWER, RETRY",
        "504, 102, '', NO_ANSWER, RETRY",
        "480, 20, '', TEMPORARILY_UNAVAILABLE, RETRY",
        "480, -1, '', TEMPORARILY_UNAVAILABLE, RETRY",
        "480, 31, '', TEMPORARILY_UNAVAILABLE, RETRY",
        "502, 27, '', TEMPORARILY_UNAVAILABLE, RETRY",
        "503, 41, '', TEMPORARILY_UNAVAILABLE, RETRY",
        "503, 38, '', TEMPORARILY_UNAVAILABLE, RETRY",
        "480, 34, '', TEMPORARILY_UNAVAILABLE, RETRY",
        "503, 34, '', TOO_MANY_CALLS, RETRY_UNCOUNTED",
        "503, 42, '', TOO_MANY_CALLS, RETRY_UNCOUNTED",
        "503, 44, '', TOO_MANY_CALLS, RETRY_UNCOUNTED",
        "503, -1, Trunk CPS limit exceeded, TOO_MANY_CALLS, RETRY_UNCOUNTED",
        "403, -1, 'Channel limit D1', TOO_MANY_CALLS, RETRY_UNCOUNTED",
        "403, -1, 'D24 rate', TOO_MANY_CALLS, RETRY_UNCOUNTED",
        "403, -1, 'D11 invalid number', NUMBER_NON_ATTRIBUTED, FINAL",
        "403, -1, 'D12 not allowed', NO_INTERNATIONAL_PERMISSION, FINAL",
        "403, -1, 'Caller Origination Number is Invalid D35', PRECONDITION_FAILED, NEXT_TRUNK_THEN_FINAL",
        "403, -1, Geo permission missing, NO_INTERNATIONAL_PERMISSION, FINAL",
        "603, -1, International calls not enabled, NO_INTERNATIONAL_PERMISSION, FINAL",
        "403, 57, Forbidden, PRECONDITION_FAILED, NEXT_TRUNK_THEN_FINAL",
        "488, 65, '', PRECONDITION_FAILED, NEXT_TRUNK_THEN_FINAL",
        "407, -1, '', PRECONDITION_FAILED, NEXT_TRUNK_THEN_FINAL",
        "402, -1, '', PRECONDITION_FAILED, NEXT_TRUNK_THEN_FINAL",
        "580, -1, '', PRECONDITION_FAILED, NEXT_TRUNK_THEN_FINAL",
        "607, -1, '', NON_CLASSIFIED_ERROR, FINAL_AND_SUPPRESS",
        "608, -1, '', NON_CLASSIFIED_ERROR, FINAL_AND_SUPPRESS",
        "603, -1, Network Blocked, NON_CLASSIFIED_ERROR, FINAL_AND_SUPPRESS",
        "500, -1, '', NON_CLASSIFIED_ERROR, RETRY",
        "302, -1, '', NON_CLASSIFIED_ERROR, RETRY",
    })
    void the_table(int status, int cause, String phrase, DialError error, RetryClass retry) {
        assertThat(DialVerdict.of(signal(status, cause, phrase))).isEqualTo(new DialVerdict(error, retry));
    }

    @Test
    void a_refused_foreign_number_is_no_permission_only_when_it_is_foreign() {
        FailureSignal home = new FailureSignal(
                403, OptionalInt.empty(), false, "Geo permission missing", Optional.empty(), false, false);
        assertThat(DialVerdict.of(home).error()).isEqualTo(DialError.PRECONDITION_FAILED);
    }

    @Test
    void a_408_after_ringing_is_no_answer_and_before_it_unavailable() {
        FailureSignal rang = new FailureSignal(408, OptionalInt.empty(), false, "", Optional.empty(), true, true);
        assertThat(DialVerdict.of(rang).error()).isEqualTo(DialError.NO_ANSWER);
        assertThat(DialVerdict.of(signal(408, -1, "")).error()).isEqualTo(DialError.TEMPORARILY_UNAVAILABLE);
    }

    @Test
    void a_fraud_block_suppresses_the_number() {
        FailureSignal blocked =
                new FailureSignal(603, OptionalInt.of(21), true, "Decline", Optional.of("32203"), false, true);
        assertThat(DialVerdict.of(blocked).retry()).isEqualTo(RetryClass.FINAL_AND_SUPPRESS);
    }

    @Test
    void every_status_with_every_cause_has_a_verdict() {
        for (int status = 300; status <= 699; status++) {
            for (int cause = -1; cause <= 127; cause++) {
                DialVerdict verdict = DialVerdict.of(signal(status, cause, ""));
                assertThat(verdict.error()).isNotNull();
                assertThat(verdict.retry()).isNotNull();
            }
        }
    }

    @Property(tries = 500)
    void no_phrase_ever_throws(@ForAll String phrase, @ForAll @IntRange(min = -5, max = 999) int status) {
        assertThat(DialVerdict.of(signal(status, -1, phrase)).error()).isNotNull();
    }

    @Test
    void our_own_findings_have_a_verdict_each() {
        for (LocalFailure failure : LocalFailure.values()) {
            assertThat(DialVerdict.of(failure).error()).isNotNull();
        }
        assertThat(DialVerdict.of(LocalFailure.RING_TIMEOUT).error()).isEqualTo(DialError.NO_ANSWER);
        assertThat(DialVerdict.of(LocalFailure.NO_COMMON_CODEC).error()).isEqualTo(DialError.PRECONDITION_FAILED);
    }
}
