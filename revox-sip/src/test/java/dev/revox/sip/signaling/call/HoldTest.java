package dev.revox.sip.signaling.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.sip.signaling.SipRequest;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Offers in the middle of a call, by either side: S13. <b>Spec:</b> RFC 3264 §8, RFC 3261 §14. */
class HoldTest {

    private final CallWorld world = new CallWorld();

    @Test
    void s13_the_peer_holds_in_each_of_the_three_ways_and_resumes() {
        UacCall call = world.dialled();
        for (String hold : new String[] {
            CallWorld.sdp(2, "8 101", "sendonly"),
            CallWorld.sdp(3, "8 101", "inactive"),
            CallWorld.sdp(4, "8 101", "sendrecv").replace("c=IN IP4 192.0.2.9", "c=IN IP4 0.0.0.0")
        }) {
            world.told.changes.clear();
            VirtualWire.Served held = world.fromCallee(call, "INVITE", held() * 10L + 10, hold);
            assertThat(held.status()).isEqualTo(200);
            world.ack(held);
            assertThat(world.told.agreed.getLast().sending()).isFalse();
            VirtualWire.Served resumed =
                    world.fromCallee(call, "INVITE", held() * 10L + 15, CallWorld.sdp(5, "8 101", "sendrecv"));
            world.ack(resumed);
            assertThat(world.told.agreed.getLast().sending()).isTrue();
            assertThat(world.told.changes)
                    .containsExactly(
                            new LegEvent.HoldChanged(0, false, true), new LegEvent.HoldChanged(0, false, false));
        }
    }

    private int held() {
        return world.told.agreed.size();
    }

    @Test
    void s13_we_hold_and_resume_and_the_version_rises_with_each_change() {
        UacCall call = world.dialled();
        String first = CallWorld.originVersion(CallWorld.sdpOf(world.wire.last("INVITE")));
        call.hold(true);
        SipRequest hold = world.wire.last("INVITE");
        assertThat(CallWorld.sdpOf(hold)).contains("a=sendonly\r\n").doesNotContain("a=sendrecv");
        assertThat(Long.parseLong(CallWorld.originVersion(CallWorld.sdpOf(hold))))
                .isEqualTo(Long.parseLong(first) + 1);
        world.wire.respond(hold, 200, "peer", CallWorld.sdp(2, "8 101", "recvonly"));
        assertThat(world.wire.last("ACK").cseq()).isEqualTo(hold.cseq());
        assertThat(world.told.changes).containsExactly(new LegEvent.HoldChanged(0, true, false));
        assertThat(world.told.agreed.getLast().receiving()).isFalse();
        VirtualWire.Served crossing = world.fromCallee(call, "INVITE", 9, CallWorld.sdp(3, "8 101", "sendrecv"));
        assertThat(CallWorld.sdpOf(crossing.last())).contains("a=sendonly");
        world.ack(crossing);
        call.hold(false);
        world.wire.respond(world.wire.last("INVITE"), 200, "peer", CallWorld.sdp(4, "8 101", "sendrecv"));
        assertThat(world.told.changes.getLast()).isEqualTo(new LegEvent.HoldChanged(0, false, false));
        assertThat(CallWorld.sdpOf(world.wire.last("INVITE"))).contains("a=sendrecv");
    }

    @Test
    void s13_a_hold_that_is_refused_changes_nothing_and_a_repeated_200_is_acked_again() {
        UacCall call = world.dialled();
        call.hold(true);
        world.wire.respond(world.wire.last("INVITE"), 488, "peer", "");
        assertThat(world.told.changes).containsExactly(new LegEvent.HoldFailed(0, OptionalInt.of(488)));
        call.hold(true);
        SipRequest again = world.wire.last("INVITE");
        world.wire.respond(again, 200, "peer", CallWorld.sdp(2, "8 101", "recvonly"));
        int acks = world.wire.count("ACK");
        world.wire.respond(again, 200, "peer", CallWorld.sdp(2, "8 101", "recvonly"));
        assertThat(world.wire.count("ACK")).isEqualTo(acks + 1);
        assertThat(world.wire.count("BYE")).isZero();
    }

    @Test
    void s13_a_hold_before_the_answer_is_told_as_failed() {
        world.dial().hold(true);
        assertThat(world.told.changes).containsExactly(new LegEvent.HoldFailed(0, OptionalInt.empty()));
    }

    @Test
    void s13_a_re_invite_that_rings_for_ever_is_cancelled_and_then_ends_the_call() {
        UacCall call = world.dialled();
        call.hold(true);
        world.wire.respond(world.wire.last("INVITE"), 180, "peer", "");
        world.advance(CallWorld.LIFE);
        assertThat(world.wire.count("CANCEL")).isEqualTo(1);
        world.advance(CallWorld.LIFE);
        assertThat(world.told.ends).containsExactly(LegEnd.INTERNAL_ERROR);
        assertThat(world.wire.count("BYE")).isEqualTo(1);
    }

    @Test
    void s13_a_wish_waits_until_the_other_sides_invite_is_acknowledged() {
        UacCall call = world.dialled();
        VirtualWire.Served late = world.fromCallee(call, "INVITE", 5, "");
        assertThat(CallWorld.sdpOf(late.last())).contains("m=audio 40000");
        call.hold(true);
        assertThat(world.wire.count("INVITE")).isEqualTo(1);
        world.ack(late, CallWorld.sdp(2, "0 101", "sendrecv"));
        assertThat(world.told.agreed.getLast().encodingName()).isEqualTo("PCMU");
        assertThat(world.wire.count("INVITE")).isEqualTo(2);
    }

    @Test
    void s13_fax_is_488_and_the_call_goes_on_and_every_section_keeps_its_place() {
        UacCall call = world.dialled();
        VirtualWire.Served fax = world.fromCallee(
                call, "INVITE", 2, CallWorld.PEER_SDP.replaceFirst("(?s)m=audio.*", "m=image 41000 udptl t38\r\n"));
        assertThat(fax.status()).isEqualTo(488);
        assertThat(CallWorld.values(fax.last(), "Warning").getFirst()).startsWith("304 ");
        VirtualWire.Served both =
                world.fromCallee(call, "INVITE", 3, CallWorld.PEER_SDP + "m=image 41002 udptl t38\r\n");
        assertThat(CallWorld.sdpOf(both.last())).contains("m=image 0 udptl t38");
        world.ack(both);
        call.hold(true);
        assertThat(CallWorld.sdpOf(world.wire.last("INVITE")))
                .contains("m=audio 40000")
                .contains("m=image 0 udptl t38")
                .contains("a=sendonly");
        assertThat(world.told.terminals()).isZero();
    }

    @Test
    void s13_an_offer_without_a_common_codec_is_488_with_warning_305() {
        VirtualWire.Served invite = world.invite(CallWorld.sdp(1, "18", "sendrecv"));
        assertThat(world.invited(invite).acceptable()).isFalse();
        assertThat(invite.status()).isEqualTo(488);
        assertThat(CallWorld.values(invite.last(), "Warning").getFirst()).startsWith("305 ");
        assertThat(world.told.terminals()).isEqualTo(1);
    }

    @Test
    void s13_an_ack_without_answer_to_our_late_offer_ends_the_call() {
        UacCall call = world.dialled();
        VirtualWire.Served late = world.fromCallee(call, "INVITE", 5, "");
        world.ack(late);
        assertThat(world.told.ends).containsExactly(LegEnd.INTERNAL_ERROR);
        world.advance(Duration.ofMinutes(2));
        assertThat(world.wire.openTransactions()).isZero();
    }
}
