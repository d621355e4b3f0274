package dev.revox.acceptance.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.acceptance.world.AcceptanceWorld;
import dev.revox.acceptance.world.AcceptanceWorld.Options;
import dev.revox.acceptance.world.AcceptanceWorld.Outcome;
import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.DialError;
import dev.revox.order.InvalidOrderException;
import dev.revox.order.OrderStatus;
import dev.revox.order.Violation;
import dev.revox.sip.SipTrunk;
import dev.revox.testkit.phone.TestPhone;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedCallLoopbackIT {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "486, BUSY, COMPLETED",
        "480, TEMPORARILY_UNAVAILABLE, COMPLETED",
        "604, NUMBER_NON_ATTRIBUTED, ERRORED",
        "580, PRECONDITION_FAILED, ERRORED",
        "500, NON_CLASSIFIED_ERROR, COMPLETED",
    })
    void a_refusal_becomes_its_dial_error(int status, DialError error, OrderStatus order) {
        try (TestPhone phone = TestPhone.answering(0).refuse(status);
                AcceptanceWorld world = AcceptanceWorld.dialling(folder, trunk(phone.port()))) {

            Outcome outcome = world.call();

            assertThat(outcome.row().attempt().status()).isEqualTo(AttemptStatus.ERROR);
            assertThat(outcome.row().attempt().dialError()).contains(error);
            assertThat(outcome.row().attempt().answeredAt()).isEmpty();
            assertThat(outcome.row().failure().orElseThrow().sipStatus()).hasValue(status);
            assertThat(outcome.report().order().status()).isEqualTo(order);
        }
    }

    @Test
    void a_callee_without_a_common_codec_is_a_failed_precondition() {
        try (TestPhone phone = TestPhone.answering(0).codecs().script();
                AcceptanceWorld world = AcceptanceWorld.dialling(folder, trunk(phone.port()))) {

            assertThat(world.call().row().attempt().dialError()).contains(DialError.PRECONDITION_FAILED);
        }
    }

    @Test
    void a_telephone_that_nobody_picks_up_is_given_up_after_the_ring_timeout() {
        try (TestPhone phone = TestPhone.answering(0).neverAnswer();
                AcceptanceWorld world = AcceptanceWorld.dialling(
                        folder,
                        trunk(phone.port()),
                        Options.NONE.engine(engine -> engine.ringTimeout(Duration.ofSeconds(1))))) {

            Outcome outcome = world.call();

            assertThat(outcome.row().attempt().dialError()).contains(DialError.NO_ANSWER);
            assertThat(outcome.report().order().status()).isEqualTo(OrderStatus.COMPLETED);
        }
    }

    @Test
    void a_trunk_that_never_answers_is_given_up_after_64_round_trips() throws IOException {
        try (DatagramSocket mute = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                AcceptanceWorld world = AcceptanceWorld.dialling(
                        folder,
                        trunk(mute.getLocalPort()),
                        Options.NONE.sip(sip -> sip.withT1(Duration.ofMillis(20))))) {

            Outcome outcome = world.call();

            assertThat(outcome.row().attempt().dialError()).contains(DialError.NON_CLASSIFIED_ERROR);
            assertThat(outcome.row().failure().orElseThrow().sipStatus()).isEmpty();
        }
    }

    @Test
    void the_engine_goes_on_after_a_refused_call_and_frees_its_ports() {
        try (TestPhone phone = TestPhone.answering(0).refuse(486);
                AcceptanceWorld world = AcceptanceWorld.dialling(
                        folder, trunk(phone.port()), Options.NONE.media(media -> media.withPorts(28_200, 28_203)))) {

            // Two pairs of ports: a leak would show in the third call.
            for (int call = 0; call < 6; call++) {
                assertThat(world.call().row().attempt().dialError()).contains(DialError.BUSY);
            }
        }
    }

    @Test
    void a_bad_order_is_refused_with_every_problem_by_its_path() {
        try (TestPhone phone = TestPhone.answering(0).refuse(486);
                AcceptanceWorld world = AcceptanceWorld.dialling(folder, trunk(phone.port()))) {

            assertThatThrownBy(() -> world.engine().placeJson("""
                            {"phone_number": "12", "concurrency": {"key": "k", "max": 0}, "colour": "blue",
                             "assistant": {"prompt": "Talk to {{nobody}}.", "background_sound_volume": 1.5}}"""))
                    .isInstanceOfSatisfying(
                            InvalidOrderException.class,
                            refusal -> assertThat(refusal.violations())
                                    .extracting(Violation::jsonPath)
                                    .contains(
                                            "$.phone_number",
                                            "$.concurrency.max",
                                            "$.colour",
                                            "$.assistant.background_sound_volume"));
        }
    }

    private static SipTrunk trunk(int port) {
        return SipTrunk.of("sip:127.0.0.1:" + port).name("phone");
    }
}
