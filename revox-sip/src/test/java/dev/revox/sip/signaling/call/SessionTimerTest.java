package dev.revox.sip.signaling.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.line.LegEnd;
import dev.revox.sip.signaling.SipRequest;
import dev.revox.sip.signaling.dialog.DialogSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Session timers: S12. <b>Spec:</b> RFC 4028. */
class SessionTimerTest {

    private final CallWorld world = new CallWorld();

    private void answered(String allow, String... more) {
        String[] headers = new String[more.length + 1];
        headers[0] = allow;
        System.arraycopy(more, 0, headers, 1, more.length);
        world.answer(CallWorld.PEER_SDP, headers);
    }

    @Test
    void s12_we_ask_for_1800_s_and_a_422_is_met_with_what_it_demands() {
        world.dial();
        SipRequest first = world.wire.last("INVITE");
        assertThat(VirtualWire.header(first, "Session-Expires")).isEqualTo("1800");
        assertThat(VirtualWire.header(first, "Supported")).contains("timer");
        world.wire.respond(first, 422, "peer", "", "Min-SE: 3600");
        SipRequest second = world.wire.last("INVITE");
        assertThat(second.cseq()).isEqualTo(first.cseq() + 1);
        assertThat(VirtualWire.header(second, "Call-ID")).isEqualTo(VirtualWire.header(first, "Call-ID"));
        assertThat(VirtualWire.header(second, "Session-Expires")).isEqualTo("3600");
        assertThat(VirtualWire.header(second, "Min-SE")).isEqualTo("3600");
        world.wire.respond(second, 422, "peer", "", "Min-SE: 3600");
        assertThat(world.wire.count("INVITE")).isEqualTo(2);
        assertThat(world.told.terminals()).isEqualTo(1);
    }

    @Test
    void s12_we_refresh_at_half_by_update_without_description() {
        world.dial();
        answered("Allow: INVITE, UPDATE", "Session-Expires: 600;refresher=uac");
        world.advance(Duration.ofSeconds(299));
        assertThat(world.wire.count("UPDATE")).isZero();
        world.advance(Duration.ofSeconds(1));
        SipRequest update = world.wire.last("UPDATE");
        assertThat(update.body()).isEmpty();
        assertThat(VirtualWire.header(update, "Session-Expires")).isEqualTo("600;refresher=uac");
        world.wire.respond(update, 200, "peer", "", "Session-Expires: 600;refresher=uac");
        world.advance(Duration.ofSeconds(299));
        assertThat(world.wire.count("UPDATE")).isEqualTo(1);
        world.advance(Duration.ofSeconds(1));
        assertThat(world.wire.count("UPDATE")).isEqualTo(2);
    }

    @Test
    void s12_without_update_we_refresh_by_re_invite_and_the_description_keeps_its_version() {
        world.dial();
        String version = CallWorld.originVersion(CallWorld.sdpOf(world.wire.last("INVITE")));
        answered("Allow: INVITE, BYE", "Session-Expires: 600;refresher=uac");
        world.advance(Duration.ofSeconds(300));
        SipRequest reinvite = world.wire.last("INVITE");
        assertThat(world.wire.count("INVITE")).isEqualTo(2);
        assertThat(CallWorld.originVersion(CallWorld.sdpOf(reinvite))).isEqualTo(version);
        world.wire.respond(reinvite, 200, "peer", CallWorld.PEER_SDP, "Session-Expires: 600;refresher=uac");
        assertThat(world.wire.last("ACK").cseq()).isEqualTo(reinvite.cseq());
        assertThat(world.told.changes).isEmpty();
    }

    @Test
    void s12_an_update_that_is_not_allowed_after_all_is_followed_by_a_re_invite() {
        world.dial();
        answered("Allow: UPDATE", "Session-Expires: 600;refresher=uac");
        world.advance(Duration.ofSeconds(300));
        world.wire.respond(world.wire.last("UPDATE"), 405, "peer", "");
        assertThat(world.wire.count("INVITE")).isEqualTo(2);
    }

    @Test
    void s12_a_refresh_that_collides_or_fails_is_tried_again() {
        world.dial();
        answered("Allow: UPDATE", "Session-Expires: 600;refresher=uac");
        world.advance(Duration.ofSeconds(300));
        world.wire.respond(world.wire.last("UPDATE"), 491, "peer", "");
        world.advance(Duration.ofSeconds(4));
        assertThat(world.wire.count("UPDATE")).isEqualTo(2);
        world.wire.respond(world.wire.last("UPDATE"), 503, "peer", "");
        world.advance(Duration.ofSeconds(75));
        assertThat(world.wire.count("UPDATE")).isEqualTo(3);
        assertThat(world.told.terminals()).isZero();
    }

    @Test
    void s12_a_peer_that_does_not_know_the_call_any_more_ends_it_as_expired() {
        world.dial();
        answered("Allow: UPDATE", "Session-Expires: 600;refresher=uac");
        world.advance(Duration.ofSeconds(300));
        world.wire.respond(world.wire.last("UPDATE"), 481, "peer", "");
        assertThat(world.told.ends).containsExactly(LegEnd.SESSION_EXPIRED);
    }

    @Test
    void s12_a_refresher_that_vanished_is_hung_up_on_32_s_before_the_end_or_a_third() {
        world.dial();
        answered("Allow: UPDATE", "Session-Expires: 600;refresher=uas");
        world.advance(Duration.ofSeconds(567));
        assertThat(world.wire.count("BYE")).isZero();
        world.advance(Duration.ofSeconds(1));
        assertThat(world.wire.count("BYE")).isEqualTo(1);
        assertThat(world.told.ends).containsExactly(LegEnd.SESSION_EXPIRED);

        CallWorld brief = new CallWorld();
        brief.dial();
        brief.answer(CallWorld.PEER_SDP, "Session-Expires: 90;refresher=uas");
        brief.advance(Duration.ofSeconds(59));
        assertThat(brief.wire.count("BYE")).isZero();
        brief.advance(Duration.ofSeconds(1));
        assertThat(brief.wire.count("BYE")).isEqualTo(1);
    }

    @Test
    void s12_a_peer_without_session_timers_has_no_deadline() {
        world.dialled();
        world.advance(Duration.ofDays(1));
        assertThat(world.told.terminals()).isZero();
        assertThat(world.wire.count("UPDATE")).isZero();
    }

    @Test
    void s12_a_refresh_from_the_other_side_begins_the_interval_anew() {
        UacCall call = world.dial();
        answered("Allow: UPDATE", "Session-Expires: 600;refresher=uas");
        for (int i = 0; i < 5; i++) {
            world.advance(Duration.ofSeconds(300));
            VirtualWire.Served refresh = world.fromCallee(
                    call, "UPDATE", 2 + i, "", "Supported: timer", "Session-Expires: 600;refresher=uac");
            assertThat(refresh.status()).isEqualTo(200);
            assertThat(CallWorld.values(refresh.last(), "Session-Expires")).containsExactly("600;refresher=uac");
        }
        assertThat(world.told.terminals()).isZero();
        world.advance(Duration.ofSeconds(568));
        assertThat(world.told.ends).containsExactly(LegEnd.SESSION_EXPIRED);
    }

    @Test
    void s12_an_interval_below_90_s_is_422_only_for_those_who_understand_it() {
        VirtualWire.Served invite = world.invite(CallWorld.PEER_SDP, "Supported: timer", "Session-Expires: 60");
        assertThat(world.invited(invite).acceptable()).isFalse();
        assertThat(invite.status()).isEqualTo(422);
        assertThat(CallWorld.values(invite.last(), "Min-SE")).containsExactly("90");

        CallWorld proxied = new CallWorld();
        VirtualWire.Served other = proxied.invite(CallWorld.PEER_SDP, "Session-Expires: 60");
        assertThat(proxied.invited(other).acceptable()).isTrue();
    }

    @Test
    void s12_a_caller_that_asks_refreshes_itself_and_one_that_cannot_is_refreshed_by_us() {
        VirtualWire.Served invite = world.invite(CallWorld.PEER_SDP, "Supported: timer", "Session-Expires: 300");
        world.invited(invite).answer();
        assertThat(CallWorld.values(invite.last(), "Session-Expires")).containsExactly("300;refresher=uac");
        assertThat(CallWorld.values(invite.last(), "Require")).containsExactly("timer");

        CallWorld proxied = new CallWorld();
        VirtualWire.Served other = proxied.invite(CallWorld.PEER_SDP, "Session-Expires: 300");
        proxied.invited(other).answer();
        assertThat(CallWorld.values(other.last(), "Session-Expires")).containsExactly("300;refresher=uas");
        assertThat(CallWorld.values(other.last(), "Require")).isEmpty();
        proxied.ack(other);
        proxied.advance(Duration.ofSeconds(150));
        assertThat(proxied.wire.count("INVITE")).isEqualTo(1);
    }

    @Test
    void s12_session_timers_can_be_left_out() {
        CallWorld without = new CallWorld(DialogSettings.DEFAULT.withSessionInterval(Duration.ZERO));
        without.dial();
        assertThat(VirtualWire.header(without.wire.last("INVITE"), "Session-Expires"))
                .isEmpty();
    }
}
