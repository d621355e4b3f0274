package dev.revox.sip.signaling.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.line.LegEvent;
import dev.revox.sip.signaling.SipBody;
import dev.revox.sip.signaling.dialog.DialogSettings;
import dev.revox.sip.signaling.dialog.DialogSettings.Digits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are refused by name, and digits in INFO: S08, S27. <b>Spec:</b> RFC 3261 §8.2, §21.4. */
class RefusedRequestTest {

    private final CallWorld world = new CallWorld();

    @ParameterizedTest
    @CsvSource({
        "OPTIONS, 200",
        "REGISTER, 405",
        "MESSAGE, 405",
        "PUBLISH, 405",
        "SUBSCRIBE, 489",
        "REFER, 603",
        "BYE, 481",
        "UPDATE, 481",
        "PRACK, 481",
        "INFO, 481",
        "NOTIFY, 481",
        "FROBNICATE, 501"
    })
    void s08_each_method_outside_a_call_gets_its_due(String method, int status) {
        VirtualWire.Served served = world.wire.receive(world.request(method, "new-call", 1, "", ""));
        assertThat(served.status()).isEqualTo(status);
        assertThat(served.last().toTag()).isPresent();
        if (status == 405 || status == 501 || status == 200) {
            assertThat(CallWorld.values(served.last(), "Allow").getFirst()).contains("INVITE", "PRACK", "UPDATE");
        }
    }

    @Test
    void s08_what_is_required_and_unknown_is_420_by_name_and_what_is_known_is_not() {
        VirtualWire.Served served = world.invite(CallWorld.PEER_SDP, "Require: 100rel, precondition", "Require: path");
        assertThat(served.status()).isEqualTo(420);
        assertThat(CallWorld.values(served.last(), "Unsupported")).containsExactly("precondition, path");
        CallWorld known = new CallWorld();
        assertThat(known.invite(CallWorld.PEER_SDP, "Require: 100rel, timer, replaces").replies)
                .isEmpty();
    }

    @Test
    void s08_bodies_that_nobody_here_reads_are_415_with_what_is_read() {
        VirtualWire.Served type = world.wire.receive(
                world.request("INVITE", "c1", 1, "peer", "", Optional.of(new SipBody("application/xml", "<a/>"))));
        assertThat(type.status()).isEqualTo(415);
        assertThat(CallWorld.values(type.last(), "Accept")).containsExactly("application/sdp");
        VirtualWire.Served encoding =
                world.wire.receive(world.request("INVITE", "c2", 1, "", CallWorld.PEER_SDP, "Content-Encoding: gzip"));
        assertThat(encoding.status()).isEqualTo(415);
        assertThat(CallWorld.values(encoding.last(), "Accept-Encoding")).containsExactly("identity");
    }

    @Test
    void s08_within_a_call_too() {
        UacCall call = world.dialled();
        assertThat(world.fromCallee(call, "MESSAGE", 2, "").status()).isEqualTo(405);
        assertThat(world.fromCallee(call, "FROBNICATE", 3, "").status()).isEqualTo(501);
        assertThat(world.fromCallee(call, "SUBSCRIBE", 4, "").status()).isEqualTo(489);
        assertThat(world.fromCallee(call, "INVITE", 5, CallWorld.PEER_SDP, "Require: precondition")
                        .status())
                .isEqualTo(420);
        assertThat(world.fromCallee(call, "INFO", 6, Optional.of(new SipBody("text/plain", "x")))
                        .status())
                .isEqualTo(415);
        assertThat(world.fromCallee(call, "PRACK", 7, "").status()).isEqualTo(481);
        assertThat(world.told.terminals()).isZero();
    }

    private static Optional<SipBody> relay(char digit) {
        return Optional.of(new SipBody("application/dtmf-relay", "Signal= " + digit + "\r\nDuration= 250\r\n"));
    }

    @Test
    void s27_a_digit_by_info_is_taken_where_named_events_were_not_agreed() {
        UacCall call = world.dial();
        world.answer(CallWorld.sdp(1, "8", "sendrecv"));
        assertThat(world.fromCallee(call, "INFO", 2, relay('5')).status()).isEqualTo(200);
        assertThat(world.fromCallee(call, "INFO", 3, Optional.of(new SipBody("application/dtmf", "#")))
                        .status())
                .isEqualTo(200);
        assertThat(world.fromCallee(call, "INFO", 4, Optional.of(new SipBody("application/dtmf", "x")))
                        .status())
                .isEqualTo(400);
        assertThat(world.told.changes)
                .containsExactly(new LegEvent.DtmfReceived(0, '5', 250), new LegEvent.DtmfReceived(0, '#', 160));
    }

    @Test
    void s27_a_digit_that_comes_both_ways_is_one_digit() {
        UacCall call = world.dialled();
        assertThat(world.fromCallee(call, "INFO", 2, relay('5')).status()).isEqualTo(200);
        assertThat(world.told.changes).isEmpty();
    }

    @Test
    void s27_digits_are_sent_by_info_one_after_the_other_when_that_is_set() {
        CallWorld info = new CallWorld(DialogSettings.DEFAULT.withDigits(Digits.INFO_RELAY));
        UacCall call = info.dialled();
        assertThat(call.sendDigits("1w#")).isTrue();
        assertThat(info.wire.all("INFO")).hasSize(1);
        assertThat(CallWorld.sdpOf(info.wire.last("INFO"))).isEqualTo("Signal=1\r\nDuration=160\r\n");
        info.wire.respond(info.wire.last("INFO"), 200, "peer", "");
        assertThat(info.wire.count("INFO")).isEqualTo(1);
        info.advance(Duration.ofMillis(500));
        assertThat(CallWorld.sdpOf(info.wire.last("INFO"))).startsWith("Signal=#");
        assertThat(world.dialled().sendDigits("1")).isFalse();

        CallWorld plain = new CallWorld(DialogSettings.DEFAULT.withDigits(Digits.INFO_PLAIN));
        assertThat(plain.dialled().sendDigits("7")).isTrue();
        assertThat(List.of(CallWorld.sdpOf(plain.wire.last("INFO")))).containsExactly("7");
    }
}
