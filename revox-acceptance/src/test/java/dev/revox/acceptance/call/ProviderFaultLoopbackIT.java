package dev.revox.acceptance.call;

import static dev.revox.testkit.phone.Step.hangUp;
import static dev.revox.testkit.phone.Step.say;
import static dev.revox.testkit.phone.Step.waitForHangUp;
import static dev.revox.testkit.phone.Step.waitForSpeechEnd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.acceptance.world.AcceptanceWorld;
import dev.revox.acceptance.world.AcceptanceWorld.Options;
import dev.revox.acceptance.world.Eventually;
import dev.revox.acceptance.world.Heard;
import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.CallAttempt;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.secret.Secret;
import dev.revox.sip.SipTrunk;
import dev.revox.testkit.phone.TestPhone;
import dev.revox.testkit.provider.fault.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Providers that fail: the person hears something, and the call ends in order. */
class ProviderFaultLoopbackIT {

    @TempDir
    Path folder;

    static Stream<Fault> passing_faults_of_the_model() {
        return Stream.of(
                new Fault.Refuse(429, Optional.of(Duration.ofSeconds(30))),
                Fault.refuse(500),
                new Fault.StallAfter(3),
                new Fault.CutAfter(2),
                new Fault.GarbageAfter(1));
    }

    @ParameterizedTest
    @MethodSource("passing_faults_of_the_model")
    void one_failure_of_the_model_does_not_end_the_call(Fault fault) {
        try (TestPhone phone = TestPhone.answering(0)
                        .script(
                                waitForSpeechEnd(),
                                say("Is there any parking near the clinic?"),
                                waitForSpeechEnd(),
                                say("No that is all thank you goodbye."),
                                waitForHangUp(Duration.ofSeconds(20)));
                AcceptanceWorld world = AcceptanceWorld.dialling(folder, trunk(phone))) {
            world.providers().model().failNext(fault);

            CallAttempt attempt = world.call().row().attempt();

            assertThat(attempt.status()).isEqualTo(AttemptStatus.COMPLETED);
            assertThat(attempt.endReason()).contains(EndReason.TOOL_END_CALL);
            assertThat(Heard.agentTurns(attempt)).last().asString().contains("Thank you Dana.");
        }
    }

    @Test
    void a_wrong_key_ends_the_call_politely_and_leaves_no_connections_behind() {
        try (TestPhone phone = TestPhone.answering(0)
                        .script(
                                waitForSpeechEnd(),
                                say("Is there any parking near the clinic?"),
                                waitForSpeechEnd(),
                                say("Could you repeat that please?"),
                                waitForSpeechEnd(),
                                say("Is there any parking near the clinic?"),
                                waitForHangUp(Duration.ofSeconds(20)));
                AcceptanceWorld world =
                        AcceptanceWorld.dialling(folder, trunk(phone), Options.NONE.modelKey(Secret.of("sk-wrong")))) {

            CallAttempt attempt = world.call().row().attempt();

            assertThat(attempt.status()).isEqualTo(AttemptStatus.COMPLETED);
            assertThat(attempt.endedBy()).contains(EndedBy.SYSTEM);
            assertThat(attempt.endReason()).contains(EndReason.PROVIDER_FAILURE);
            // The question asked again may overtake its connection on the way back to the pool. An idle second one is
            // closed by the pool; one that is still in use never would be.
            Eventually.until(
                    AcceptanceWorld.PATIENCE,
                    () -> world.providers().model().openConnections() <= 1,
                    () -> "one connection at most, were "
                            + world.providers().model().openConnections());
        }
    }

    @Test
    void a_voice_that_dies_in_mid_sentence_is_noticed_and_the_talk_goes_on() {
        try (TestPhone phone = TestPhone.answering(0)
                        .script(
                                waitForSpeechEnd(),
                                say("Is there any parking near the clinic?"),
                                waitForSpeechEnd(),
                                hangUp());
                AcceptanceWorld world = AcceptanceWorld.dialling(folder, trunk(phone))) {
            world.providers().voice().failNext(new Fault.CutAfter(8));

            CallAttempt attempt = world.call().row().attempt();

            assertThat(attempt.status()).isEqualTo(AttemptStatus.COMPLETED);
            assertThat(attempt.endedBy()).contains(EndedBy.USER);
            assertThat(Heard.agentTurns(attempt)).last().asString().contains("park for free");
        }
    }

    private static SipTrunk trunk(TestPhone phone) {
        return SipTrunk.of("sip:127.0.0.1:" + phone.port()).name("phone");
    }
}
