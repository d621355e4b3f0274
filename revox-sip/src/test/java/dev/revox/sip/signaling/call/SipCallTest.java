package dev.revox.sip.signaling.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.attempt.DialError;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.sip.signaling.SipRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Transactions and dialogs of a call: S02 to S07, S25, F14. */
class SipCallTest {

    private final CallWorld world = new CallWorld();

    @Test
    void s02_every_repeated_200_is_acked_with_the_same_ack_until_64_t1_after_the_end() {
        UacCall call = world.dialled();
        SipRequest invite = world.wire.last("INVITE");
        world.answer(CallWorld.PEER_SDP);
        assertThat(world.wire.all("ACK")).hasSize(2);
        call.hangUp(LegEnd.LOCAL_HANGUP);
        world.advance(CallWorld.LIFE.minusSeconds(1));
        world.wire.respond(invite, 200, "peer", CallWorld.PEER_SDP);
        assertThat(world.wire.all("ACK").stream().map(SipRequest::encode).distinct())
                .hasSize(1);
        assertThat(world.wire.count("ACK")).isEqualTo(3);
        world.advance(Duration.ofSeconds(2));
        world.wire.respond(invite, 200, "peer", CallWorld.PEER_SDP);
        assertThat(world.wire.count("ACK")).isEqualTo(3);
    }

    @Test
    void s03_a_strict_router_stands_in_the_request_uri_of_what_credentials_are_made_for() {
        world.dial();
        var response = CallWorld.response(world.wire.last("INVITE"), 200, "peer", CallWorld.PEER_SDP);
        var frame = response.frame();
        world.wire.deliver(
                world.wire.last("INVITE"),
                new dev.revox.sip.signaling.IncomingResponse(
                        200,
                        "OK",
                        new dev.revox.sip.signaling.SipFrame(
                                frame.method(),
                                frame.callId(),
                                frame.cseq(),
                                frame.from(),
                                frame.to(),
                                "",
                                frame.fromTag(),
                                frame.toTag(),
                                frame.branch(),
                                frame.contact(),
                                List.of("<sip:far.test;lr>", "<sip:strict.test>"),
                                frame.headers(),
                                frame.body(),
                                frame.source())));
        SipRequest ack = world.wire.last("ACK");
        assertThat(VirtualWire.headers(ack, "Route")).containsExactly("<sip:strict.test>", "<sip:far.test;lr>");
        assertThat(ack.uri()).isEqualTo("sip:peer@192.0.2.9:5070");
    }

    @Test
    void s04_early_dialogs_keep_their_own_media_and_the_latest_description_is_heard() {
        world.dial();
        SipRequest invite = world.wire.last("INVITE");
        world.wire.respond(
                invite, 183, "one", CallWorld.sdp(1, "8 101", "sendrecv").replace("41000", "41002"));
        world.wire.respond(
                invite, 183, "two", CallWorld.sdp(1, "0 101", "sendrecv").replace("41000", "41004"));
        assertThat(world.told.early).extracting(m -> m.remoteRtp().getPort()).containsExactly(41_002, 41_004);
        world.wire.respond(invite, 199, "two", "");
        assertThat(world.told.agreed).extracting(m -> m.remoteRtp().getPort()).containsExactly(41_002);
        world.wire.respond(invite, 200, "one", "");
        assertThat(world.told.answered).hasSize(1);
        assertThat(world.told.answered.getFirst().encodingName()).isEqualTo("PCMA");
        assertThat(world.told.answered.getFirst().remoteRtp().getPort()).isEqualTo(41_002);
    }

    @Test
    void s04_a_fork_that_answers_too_gets_ack_and_bye_and_only_one_answer_is_told() {
        world.dial();
        SipRequest invite = world.wire.last("INVITE");
        world.wire.respond(invite, 180, "one", "");
        world.wire.respond(invite, 200, "two", CallWorld.PEER_SDP);
        world.wire.respond(invite, 200, "one", CallWorld.PEER_SDP);
        world.wire.respond(invite, 200, "one", CallWorld.PEER_SDP);
        assertThat(world.wire.all("ACK"))
                .extracting(r -> VirtualWire.header(r, "To"))
                .satisfiesExactly(
                        to -> assertThat(to).endsWith("two"),
                        to -> assertThat(to).endsWith("one"),
                        to -> assertThat(to).endsWith("one"));
        assertThat(world.wire.all("BYE")).hasSize(1);
        assertThat(VirtualWire.header(world.wire.last("BYE"), "To")).endsWith(";tag=one");
        assertThat(world.told.answered).hasSize(1);
        assertThat(world.told.terminals()).isZero();
    }

    @Test
    void s04_a_peer_with_endless_tags_fills_no_memory() {
        world.dial();
        SipRequest invite = world.wire.last("INVITE");
        for (int i = 0; i < 1_000; i++) {
            world.wire.respond(invite, 183, "tag" + i, CallWorld.PEER_SDP, "Require: 100rel", "RSeq: 1");
        }
        assertThat(world.wire.count("PRACK")).isEqualTo(20);
    }

    @Test
    void s05_cancel_waits_for_a_provisional_response_and_is_never_sent_without_one() {
        UacCall call = world.dial();
        SipRequest invite = world.wire.last("INVITE");
        call.hangUp(LegEnd.LOCAL_HANGUP);
        assertThat(world.wire.count("CANCEL")).isZero();
        assertThat(world.told.terminals()).isEqualTo(1);
        world.wire.respond(invite, 100, "", "");
        SipRequest cancel = world.wire.last("CANCEL");
        assertThat(cancel.branch()).isEqualTo(invite.branch());
        assertThat(cancel.cseq()).isEqualTo(invite.cseq());
        world.wire.respond(cancel, 481, "", "");
        world.wire.respond(invite, 487, "peer", "");
        assertThat(world.told.terminals()).isEqualTo(1);
    }

    @Test
    void s05_a_200_that_crosses_cancel_is_acked_and_hung_up_and_told_as_cancelled_but_answered() {
        UacCall call = world.dial();
        SipRequest invite = world.wire.last("INVITE");
        world.wire.respond(invite, 180, "peer", "");
        call.hangUp(LegEnd.LOCAL_HANGUP);
        world.wire.respond(world.wire.last("CANCEL"), 200, "peer", "");
        world.wire.respond(invite, 200, "peer", CallWorld.PEER_SDP);
        assertThat(world.wire.count("ACK")).isEqualTo(1);
        assertThat(world.wire.count("BYE")).isEqualTo(1);
        assertThat(world.told.answered).isEmpty();
        assertThat(world.told.failures).singleElement().satisfies(raw -> {
            assertThat(raw.sipStatus()).hasValue(200);
            assertThat(raw.reasonPhrase()).hasValue("cancelled, answered meanwhile");
        });
    }

    @Test
    void s05_a_cancel_that_comes_too_late_gets_200_and_the_call_goes_on() {
        VirtualWire.Served invite = world.invite(CallWorld.PEER_SDP);
        UasCall call = world.invited(invite);
        call.answer();
        var cancel = world.request("CANCEL", invite.request().frame().callId(), 1, "", "");
        var sameBranch = new dev.revox.sip.signaling.IncomingRequest(
                cancel.uri(),
                cancel.user(),
                withBranch(cancel.frame(), invite.request().frame().branch()));
        assertThat(world.wire.receive(sameBranch).status()).isEqualTo(200);
        world.ack(invite);
        assertThat(world.told.answered).hasSize(1);
        assertThat(world.told.terminals()).isZero();
    }

    static dev.revox.sip.signaling.SipFrame withBranch(dev.revox.sip.signaling.SipFrame frame, String branch) {
        return new dev.revox.sip.signaling.SipFrame(
                frame.method(),
                frame.callId(),
                frame.cseq(),
                frame.from(),
                frame.to(),
                frame.fromUser(),
                frame.fromTag(),
                frame.toTag(),
                branch,
                frame.contact(),
                frame.recordRoutes(),
                frame.headers(),
                frame.body(),
                frame.source());
    }

    @Test
    void s06_an_old_number_is_500_an_unknown_dialog_481_and_a_second_way_482() {
        UacCall call = world.dialled();
        assertThat(world.fromCallee(call, "OPTIONS", 10, "").status()).isEqualTo(200);
        assertThat(world.fromCallee(call, "OPTIONS", 9, "").status()).isEqualTo(500);
        assertThat(world.wire
                        .receive(world.request("BYE", "no-such-call", 1, "tag", ""))
                        .status())
                .isEqualTo(481);
        VirtualWire.Served first = world.invite(CallWorld.PEER_SDP);
        UasCall unused = world.invited(first);
        assertThat(world.invite(CallWorld.PEER_SDP).status()).isEqualTo(482);
    }

    @Test
    void s06_a_second_invite_while_the_first_rings_is_500_with_a_pause_of_up_to_10_s() {
        VirtualWire.Served first = world.invite(CallWorld.PEER_SDP);
        UasCall call = world.invited(first);
        call.ring();
        VirtualWire.Served second = world.within(first, "INVITE", 2, CallWorld.PEER_SDP);
        assertThat(second.status()).isEqualTo(500);
        assertThat(Integer.parseInt(
                        CallWorld.values(second.last(), "Retry-After").getFirst()))
                .isBetween(0, 10);
        call.answer();
        assertThat(world.within(first, "INVITE", 3, CallWorld.PEER_SDP).status())
                .isEqualTo(491);
    }

    @Test
    void s06_a_collision_waits_2100_to_4000_ms_when_the_call_id_is_ours() {
        UacCall call = world.dialled();
        call.hold(true);
        assertThat(world.fromCallee(call, "INVITE", 5, CallWorld.PEER_SDP).status())
                .isEqualTo(491);
        world.wire.respond(world.wire.last("INVITE"), 491, "peer", "");
        world.advance(Duration.ofMillis(2_099));
        assertThat(world.wire.count("INVITE")).isEqualTo(2);
        world.advance(Duration.ofMillis(1_902));
        assertThat(world.wire.count("INVITE")).isEqualTo(3);
        assertThat(CallWorld.sdpOf(world.wire.last("INVITE"))).contains("a=sendonly");
    }

    @Test
    void s06_a_collision_waits_up_to_2000_ms_when_the_call_id_is_theirs() {
        UasCall call = world.received();
        call.hold(true);
        world.wire.respond(world.wire.last("INVITE"), 491, "peer", "");
        world.advance(Duration.ofMillis(2_001));
        assertThat(world.wire.count("INVITE")).isEqualTo(2);
    }

    @Test
    void s07_byes_that_cross_and_a_bye_that_comes_twice_give_one_end() {
        UacCall call = world.dialled();
        call.hangUp(LegEnd.LOCAL_HANGUP);
        assertThat(world.fromCallee(call, "BYE", 2, "").status()).isEqualTo(200);
        assertThat(world.fromCallee(call, "BYE", 3, "").status()).isEqualTo(200);
        assertThat(world.told.ends).containsExactly(LegEnd.LOCAL_HANGUP);
    }

    @Test
    void s07_what_comes_late_of_an_incoming_call_that_is_over_is_answered_until_it_cannot_come_any_more() {
        VirtualWire.Served invite = world.invite(CallWorld.PEER_SDP);
        UasCall call = world.invited(invite);
        call.ring();
        call.answer();
        world.ack(invite);
        assertThat(world.within(invite, "BYE", 2, "").status()).isEqualTo(200);
        assertThat(world.within(invite, "BYE", 3, "").status()).isEqualTo(200);
        assertThat(world.within(invite, "INFO", 4, "").status()).isEqualTo(481);
        assertThat(world.wire.receive(invite.request()).status()).isEqualTo(481);
        String replaces = "Replaces: " + invite.request().frame().callId() + ";from-tag=peer;to-tag="
                + invite.last().toTag().orElseThrow();
        assertThat(world.wire
                        .receive(world.request("INVITE", "another-call", 1, "", CallWorld.PEER_SDP, replaces))
                        .status())
                .isEqualTo(603);
        world.ack(invite);
        assertThat(world.told.ends).containsExactly(LegEnd.REMOTE_HANGUP);
        world.advance(CallWorld.LIFE.plusSeconds(5));
        assertThat(world.wire.openTransactions() + world.switchboard.size() + world.time.pendingCount())
                .isZero();
    }

    @Test
    void s07_an_invite_that_comes_again_after_its_caller_gave_up_gets_487_again() {
        VirtualWire.Served invite = world.invite(CallWorld.PEER_SDP);
        UasCall call = world.invited(invite);
        call.ring();
        assertThat(world.within(invite, "BYE", 2, "").status()).isEqualTo(200);
        assertThat(world.wire.receive(invite.request()).last()).isEqualTo(invite.last());
        assertThat(invite.status()).isEqualTo(487);
    }

    @Test
    void s07_an_answer_without_its_ack_is_said_again_after_the_bye() {
        VirtualWire.Served invite = world.invite(CallWorld.PEER_SDP);
        world.invited(invite).answer();
        assertThat(world.within(invite, "BYE", 2, "").status()).isEqualTo(200);
        assertThat(world.wire.receive(invite.request()).last()).isEqualTo(invite.last());
        assertThat(world.told.terminals()).isEqualTo(1);
    }

    @Test
    void s07_a_bye_while_our_re_invite_is_open_ends_the_call_once_and_leaves_nothing() {
        UacCall call = world.dialled();
        call.hold(true);
        assertThat(world.fromCallee(call, "BYE", 2, "").status()).isEqualTo(200);
        world.wire.respond(world.wire.last("INVITE"), 200, "peer", CallWorld.PEER_SDP);
        assertThat(world.told.ends).containsExactly(LegEnd.REMOTE_HANGUP);
        assertThat(world.told.changes).isEmpty();
        assertThat(world.wire.count("ACK")).isEqualTo(2);
        world.advance(CallWorld.LIFE.plusSeconds(5));
        assertThat(world.wire.openTransactions() + world.switchboard.size() + world.time.pendingCount())
                .isZero();
    }

    @Test
    void s07_a_bye_before_the_answer_ends_a_ringing_call_with_487() {
        VirtualWire.Served invite = world.invite(CallWorld.PEER_SDP);
        UasCall call = world.invited(invite);
        call.ring();
        assertThat(world.within(invite, "BYE", 2, "", "Reason: Q.850;cause=16").status())
                .isEqualTo(200);
        assertThat(invite.status()).isEqualTo(487);
        assertThat(world.told.failures)
                .singleElement()
                .satisfies(raw -> assertThat(raw.q850Cause()).hasValue(16));
    }

    @Test
    void s07_a_bye_of_a_telephone_that_has_not_answered_ends_that_early_dialog_only() {
        UacCall call = world.dial();
        world.wire.respond(world.wire.last("INVITE"), 183, "peer", CallWorld.PEER_SDP);
        assertThat(world.fromCallee(call, "BYE", 2, "").status()).isEqualTo(200);
        assertThat(world.told.terminals()).isZero();
        world.wire.respond(world.wire.last("INVITE"), 200, "other", CallWorld.PEER_SDP);
        assertThat(world.told.answered).hasSize(1);
    }

    @Test
    void s25_reasons_are_read_from_bye_cancel_and_responses_and_sent_with_bye() {
        UacCall call = world.dialled();
        world.fromCallee(call, "BYE", 2, "", "Reason: SIP;cause=200;text=\"Call completed elsewhere\"");
        assertThat(world.told.endReasons).containsExactly(Optional.of("SIP cause 200"));

        CallWorld second = new CallWorld();
        second.dialled().hangUp(LegEnd.LOCAL_HANGUP);
        assertThat(VirtualWire.header(second.wire.last("BYE"), "Reason")).startsWith("Q.850;cause=16");

        CallWorld third = new CallWorld();
        third.dial();
        third.wire.respond(
                third.wire.last("INVITE"),
                480,
                "peer",
                "",
                "Reason: SIP;cause=480",
                "Reason: Q.850;cause=17;text=\"User busy\"");
        assertThat(third.told.failures)
                .singleElement()
                .satisfies(raw -> assertThat(raw.q850Cause()).hasValue(17));
        assertThat(third.told.verdicts.getFirst().error()).isEqualTo(DialError.BUSY);

        CallWorld fourth = new CallWorld();
        VirtualWire.Served invite = fourth.invite(CallWorld.PEER_SDP);
        UasCall ringing = fourth.invited(invite);
        ringing.ring();
        var cancel = fourth.request(
                "CANCEL",
                invite.request().frame().callId(),
                1,
                "",
                "",
                "Reason: SIP;cause=200;text=\"Call completed elsewhere\"");
        fourth.wire.receive(new dev.revox.sip.signaling.IncomingRequest(
                cancel.uri(),
                cancel.user(),
                withBranch(cancel.frame(), invite.request().frame().branch())));
        assertThat(fourth.told.failures)
                .singleElement()
                .satisfies(raw -> assertThat(raw.reasonPhrase()).hasValue("caller gave up: SIP cause 200"));
    }

    private void emptyAfter64T1() {
        world.advance(CallWorld.LIFE.plusSeconds(5));
        assertThat(world.wire.openTransactions()).as("transactions").isZero();
        assertThat(world.switchboard.size()).as("calls").isZero();
        assertThat(world.time.pendingCount()).as("alarms").isZero();
    }

    @Test
    void f14_a_peer_that_never_acks_gets_a_bye_and_leaves_nothing() {
        VirtualWire.Served invite = world.invite(CallWorld.PEER_SDP);
        world.invited(invite).answer();
        world.advance(CallWorld.LIFE);
        assertThat(world.wire.count("BYE")).isEqualTo(1);
        assertThat(world.told.terminals()).isEqualTo(1);
        emptyAfter64T1();
    }

    @Test
    void f14_an_invite_that_comes_again_after_its_transaction_is_answered_in_the_new_one_and_leaves_nothing() {
        VirtualWire.Served invite = world.invite(CallWorld.PEER_SDP);
        UasCall call = world.invited(invite);
        call.answer();
        VirtualWire.Served again = world.wire.receive(invite.request());
        world.ack(invite);
        VirtualWire.Served late = world.wire.receive(invite.request());
        for (VirtualWire.Served repeated : List.of(again, late)) {
            assertThat(repeated.status()).isEqualTo(200);
            assertThat(repeated.last().toTag()).isEqualTo(invite.last().toTag());
        }
        call.hangUp(LegEnd.LOCAL_HANGUP);
        assertThat(world.wire.receive(invite.request()).status()).isEqualTo(481);
        assertThat(world.told.answered).hasSize(1);
        emptyAfter64T1();
    }

    @Test
    void f14_a_peer_that_never_answers_bye_leaves_nothing() {
        world.dialled().hangUp(LegEnd.LOCAL_HANGUP);
        assertThat(world.told.terminals()).isEqualTo(1);
        emptyAfter64T1();
    }

    @Test
    void f14_a_peer_that_says_bye_twice_leaves_nothing() {
        UacCall call = world.dialled();
        world.fromCallee(call, "BYE", 2, "");
        world.fromCallee(call, "BYE", 2, "");
        assertThat(world.told.ends).containsExactly(LegEnd.REMOTE_HANGUP);
        emptyAfter64T1();
    }

    @Test
    void f14_a_200_after_cancel_leaves_nothing() {
        UacCall call = world.dial();
        SipRequest invite = world.wire.last("INVITE");
        world.wire.respond(invite, 180, "peer", "");
        call.hangUp(LegEnd.LOCAL_HANGUP);
        world.wire.respond(invite, 200, "peer", CallWorld.PEER_SDP);
        assertThat(world.told.terminals()).isEqualTo(1);
        emptyAfter64T1();
    }

    @Test
    void f14_a_peer_that_rings_for_ever_and_answers_no_cancel_leaves_nothing() {
        world.dial();
        world.wire.respond(world.wire.last("INVITE"), 180, "peer", "");
        world.advance(Duration.ofSeconds(45));
        world.advance(CallWorld.LIFE);
        assertThat(world.told.terminals()).isEqualTo(1);
        world.advance(CallWorld.LIFE.plusSeconds(5));
        assertThat(world.switchboard.size()).isZero();
        assertThat(world.time.pendingCount()).isZero();
    }

    @Test
    void changes_are_told_with_the_engines_time() {
        UacCall call = world.dialled();
        world.advance(Duration.ofSeconds(3));
        world.fromCallee(call, "INVITE", 2, CallWorld.sdp(2, "8 101", "sendonly"));
        assertThat(world.told.changes(LegEvent.HoldChanged.class))
                .containsExactly(new LegEvent.HoldChanged(3_000_000_000L, false, true));
    }
}
