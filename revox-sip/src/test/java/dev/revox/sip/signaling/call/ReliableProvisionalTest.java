package dev.revox.sip.signaling.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.line.LegEvent;
import dev.revox.phone.PhoneNumber;
import dev.revox.sip.signaling.SipRequest;
import dev.revox.sip.signaling.dialog.DialogSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Reliable provisional responses and UPDATE: S10, S11, S14. <b>Spec:</b> RFC 3262, RFC 3311, RFC 5009. */
class ReliableProvisionalTest {

    private static final String RELIABLE = "Require: 100rel";

    private final CallWorld world = new CallWorld();

    @Test
    void s10_reliable_responses_are_acknowledged_once_and_in_order() {
        world.dial();
        SipRequest invite = world.wire.last("INVITE");
        world.wire.respond(invite, 183, "peer", CallWorld.PEER_SDP, RELIABLE, "RSeq: 7");
        assertThat(VirtualWire.header(world.wire.last("PRACK"), "RAck")).isEqualTo("7 " + invite.cseq() + " INVITE");
        assertThat(world.wire.last("PRACK").cseq()).isEqualTo(invite.cseq() + 1);
        assertThat(world.wire.last("PRACK").uri()).isEqualTo("sip:peer@192.0.2.9:5070");
        world.wire.respond(invite, 183, "peer", CallWorld.PEER_SDP, RELIABLE, "RSeq: 7");
        world.wire.respond(invite, 180, "peer", "", RELIABLE, "RSeq: 9");
        assertThat(world.wire.count("PRACK")).isEqualTo(1);
        assertThat(world.told.ringing).isEmpty();
        world.wire.respond(invite, 180, "peer", "", RELIABLE, "RSeq: 8");
        assertThat(world.wire.count("PRACK")).isEqualTo(2);
        assertThat(world.told.ringing).containsExactly(180);
        assertThat(world.told.early).hasSize(1);
        world.wire.respond(invite, 200, "peer", "");
        assertThat(world.told.answered).hasSize(1);
    }

    @Test
    void s10_an_offer_in_a_reliable_183_is_answered_in_its_prack() {
        CallWorld late = new CallWorld(DialogSettings.DEFAULT.withLateOffer(true));
        late.dial();
        SipRequest invite = late.wire.last("INVITE");
        assertThat(invite.body()).isEmpty();
        late.wire.respond(invite, 183, "peer", CallWorld.PEER_SDP, RELIABLE, "RSeq: 1");
        assertThat(CallWorld.sdpOf(late.wire.last("PRACK"))).contains("m=audio 40000 RTP/AVP 8 101");
        late.wire.respond(invite, 200, "peer", "");
        assertThat(late.told.answered).hasSize(1);
        assertThat(late.wire.last("ACK").body()).isEmpty();
    }

    @Test
    void s13_an_offer_in_the_200_is_answered_in_the_ack() {
        CallWorld late = new CallWorld(DialogSettings.DEFAULT.withLateOffer(true));
        late.dial();
        late.answer(CallWorld.PEER_SDP);
        assertThat(CallWorld.sdpOf(late.wire.last("ACK"))).contains("m=audio 40000 RTP/AVP 8 101");
        assertThat(late.told.answered).hasSize(1);
        late.answer(CallWorld.PEER_SDP);
        assertThat(CallWorld.sdpOf(late.wire.last("ACK"))).contains("m=audio 40000");

        CallWorld impossible = new CallWorld(DialogSettings.DEFAULT.withLateOffer(true));
        impossible.dial();
        impossible.answer(CallWorld.sdp(1, "18", "sendrecv"));
        assertThat(impossible.wire.count("ACK")).isEqualTo(1);
        assertThat(impossible.wire.count("BYE")).isEqualTo(1);
        assertThat(impossible.told.terminals()).isEqualTo(1);
    }

    @Test
    void s10_our_180_is_reliable_only_when_that_is_required_and_repeated_until_its_prack() {
        VirtualWire.Served plain = world.invite(CallWorld.PEER_SDP, "Supported: 100rel");
        world.invited(plain).ring();
        assertThat(CallWorld.values(plain.last(), "RSeq")).isEmpty();

        CallWorld strict = new CallWorld();
        VirtualWire.Served invite = strict.invite(CallWorld.PEER_SDP, RELIABLE);
        UasCall call = strict.invited(invite);
        call.ring();
        String rseq = CallWorld.values(invite.last(), "RSeq").getFirst();
        assertThat(CallWorld.values(invite.last(), "Require")).containsExactly("100rel");
        strict.advance(Duration.ofMillis(3_600));
        assertThat(invite.replies).hasSize(4);
        assertThat(strict.within(invite, "PRACK", 2, "", "RAck: 99 1 INVITE").status())
                .isEqualTo(481);
        assertThat(strict.within(invite, "PRACK", 3, "", "RAck: " + rseq + " 1 INVITE")
                        .status())
                .isEqualTo(200);
        strict.advance(Duration.ofSeconds(20));
        assertThat(invite.replies).hasSize(4);
        assertThat(strict.within(invite, "PRACK", 4, "", "RAck: " + rseq + " 1 INVITE")
                        .status())
                .isEqualTo(481);
        call.answer();
        strict.ack(invite);
        assertThat(strict.told.answered).hasSize(1);
    }

    @Test
    void s10_a_caller_that_never_sends_prack_is_refused_with_504() {
        VirtualWire.Served invite = world.invite(CallWorld.PEER_SDP, RELIABLE);
        world.invited(invite).ring();
        world.advance(CallWorld.LIFE);
        assertThat(invite.status()).isEqualTo(504);
        assertThat(world.told.terminals()).isEqualTo(1);
    }

    @Test
    void s10_a_reliable_180_to_an_invite_without_offer_holds_ours_and_the_200_waits_for_the_answer() {
        VirtualWire.Served invite = world.invite("", RELIABLE);
        UasCall call = world.invited(invite);
        call.ring();
        assertThat(CallWorld.sdpOf(invite.last())).contains("m=audio 40000");
        String rack = "RAck: " + CallWorld.values(invite.last(), "RSeq").getFirst() + " 1 INVITE";
        call.answer();
        assertThat(invite.status()).isEqualTo(180);
        assertThat(world.within(invite, "PRACK", 2, CallWorld.PEER_SDP, rack).status())
                .isEqualTo(200);
        assertThat(invite.status()).isEqualTo(200);
        assertThat(invite.last().body()).isEmpty();
        world.ack(invite);
        assertThat(world.told.answered.getFirst().encodingName()).isEqualTo("PCMA");
    }

    @Test
    void s11_an_update_before_the_answer_is_answered_once_the_first_offer_is() {
        UacCall call = world.dial();
        SipRequest invite = world.wire.last("INVITE");
        world.wire.respond(invite, 183, "peer", CallWorld.PEER_SDP);
        assertThat(world.fromCallee(call, "UPDATE", 1, CallWorld.sdp(2, "0 101", "sendrecv"))
                        .status())
                .isEqualTo(491);
        assertThat(world.fromCallee(call, "UPDATE", 2, "").status()).isEqualTo(200);
        world.wire.respond(invite, 183, "peer", CallWorld.PEER_SDP, RELIABLE, "RSeq: 1");
        VirtualWire.Served moved = world.fromCallee(call, "UPDATE", 3, CallWorld.sdp(2, "0 101", "sendrecv"));
        assertThat(moved.status()).isEqualTo(200);
        assertThat(world.told.early).hasSize(1);

        CallWorld settled = new CallWorld();
        UacCall other = settled.dial();
        settled.wire.respond(settled.wire.last("INVITE"), 183, "peer", CallWorld.PEER_SDP, RELIABLE, "RSeq: 1");
        VirtualWire.Served update = settled.fromCallee(other, "UPDATE", 1, CallWorld.sdp(2, "0 101", "sendrecv"));
        assertThat(update.status()).isEqualTo(200);
        assertThat(CallWorld.sdpOf(update.last())).contains("m=audio 40000 RTP/AVP 0 101");
        settled.wire.respond(settled.wire.last("INVITE"), 200, "peer", CallWorld.PEER_SDP);
        assertThat(settled.told.answered.getFirst().encodingName()).isEqualTo("PCMU");
    }

    @Test
    void s11_an_update_while_we_ring_is_500_until_the_offer_of_the_invite_is_answered() {
        VirtualWire.Served invite = world.invite(CallWorld.PEER_SDP);
        world.invited(invite).ring();
        assertThat(world.within(invite, "UPDATE", 2, CallWorld.PEER_SDP).status())
                .isEqualTo(500);
        assertThat(world.within(invite, "UPDATE", 3, "", "P-Asserted-Identity: <tel:+14155550177>")
                        .status())
                .isEqualTo(200);
        assertThat(world.told.changes(LegEvent.ConnectedLine.class))
                .containsExactly(new LegEvent.ConnectedLine(0, Optional.of(PhoneNumber.of("+14155550177"))));
    }

    @Test
    void s11_an_update_in_a_call_changes_codec_and_address_and_tells_who_is_connected() {
        UacCall call = world.dialled();
        VirtualWire.Served update = world.fromCallee(
                call,
                "UPDATE",
                2,
                CallWorld.sdp(2, "0 101", "sendrecv").replace("41000", "42000"),
                "P-Asserted-Identity: \"Desk\" <sip:+14155550178@192.0.2.9>");
        assertThat(update.status()).isEqualTo(200);
        assertThat(world.told.agreed.getLast().encodingName()).isEqualTo("PCMU");
        assertThat(world.told.agreed.getLast().remoteRtp().getPort()).isEqualTo(42_000);
        world.fromCallee(call, "UPDATE", 3, "", "P-Asserted-Identity: <sip:+14155550178@192.0.2.9>");
        assertThat(world.told.changes(LegEvent.ConnectedLine.class)).hasSize(1);
        assertThat(world.told.terminals()).isZero();
    }

    @Test
    void s11_an_update_with_an_offer_that_crosses_our_re_invite_is_491_and_one_without_is_taken() {
        UacCall call = world.dialled();
        call.hold(true);
        assertThat(world.fromCallee(call, "UPDATE", 2, CallWorld.PEER_SDP).status())
                .isEqualTo(491);
        assertThat(world.fromCallee(call, "UPDATE", 3, "").status()).isEqualTo(200);
    }

    @Test
    void s14_media_that_the_network_does_not_authorise_is_not_heard_until_it_does() {
        world.dial();
        SipRequest invite = world.wire.last("INVITE");
        assertThat(VirtualWire.header(invite, "P-Early-Media")).isEqualTo("supported");
        world.wire.respond(invite, 183, "peer", CallWorld.PEER_SDP, "P-Early-Media: inactive");
        assertThat(world.told.early).isEmpty();
        world.wire.respond(invite, 183, "peer", "", "P-Early-Media: sendrecv");
        assertThat(world.told.early).hasSize(1);
        world.wire.respond(invite, 200, "peer", CallWorld.PEER_SDP);
        assertThat(world.told.answered).hasSize(1);
    }

    @Test
    void s14_a_180_without_media_rings_and_a_183_with_media_is_heard() {
        world.dial();
        SipRequest invite = world.wire.last("INVITE");
        world.wire.respond(invite, 180, "peer", "");
        world.wire.respond(invite, 180, "peer", "");
        world.wire.respond(invite, 183, "peer", CallWorld.PEER_SDP);
        assertThat(world.told.ringing).isEqualTo(List.of(180));
        assertThat(world.told.early).hasSize(1);
    }
}
