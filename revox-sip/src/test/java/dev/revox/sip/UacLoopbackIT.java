package dev.revox.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.attempt.DialError;
import dev.revox.line.CallLeg;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.sip.Lines.Events;
import dev.revox.sip.RawPeer.Received;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The calling side against a peer that does exactly what the test says. */
class UacLoopbackIT {

    private final RawPeer peer = new RawPeer();
    private final Events events = new Events();
    private Lines line;

    @BeforeEach
    void open() {
        line = new Lines(SipTrunk.of("sip:127.0.0.1:" + peer.port()).credentials("revox", "s3cret"));
    }

    @AfterEach
    void close() {
        line.close();
        peer.close();
    }

    private Received answered(String toTag) {
        Received invite = peer.awaitRequest("INVITE");
        peer.ok(invite, toTag, RawPeer.SDP);
        LegEvent.Answered unused = events.await(LegEvent.Answered.class);
        return invite;
    }

    @Test
    void the_invite_carries_our_offer_and_only_what_we_wrote() {
        CallLeg unused = line.dial(events);
        Received invite = peer.awaitRequest("INVITE");
        assertThat(invite.startLine())
                .isEqualTo("INVITE sip:" + Lines.CALLEE + "@127.0.0.1:" + peer.port() + " SIP/2.0");
        assertThat(invite.header("From")).startsWith("<sip:+14155550199@127.0.0.1:");
        assertThat(invite.header("Via")).contains(";rport");
        assertThat(invite.header("Max-Forwards")).isEqualTo("70");
        assertThat(invite.header("User-Agent")).isEqualTo("Revox");
        assertThat(invite.header("Contact")).isEqualTo("<sip:revox@127.0.0.1:" + line.line.sipPort() + ">");
        assertThat(invite.text()
                        .substring(0, invite.text().indexOf("\r\n\r\n"))
                        .lines()
                        .skip(1)
                        .map(l -> l.substring(0, l.indexOf(':')))
                        .distinct())
                .containsExactlyInAnyOrder(
                        "Via",
                        "Max-Forwards",
                        "From",
                        "To",
                        "Call-ID",
                        "CSeq",
                        "Contact",
                        "Allow",
                        "Supported",
                        "Accept",
                        "Session-Expires",
                        "P-Early-Media",
                        "User-Agent",
                        "Content-Type",
                        "Content-Length");
        assertThat(invite.body())
                .contains("m=audio 40000 RTP/AVP 0 8 111 9 101 110\r\n")
                .contains("a=rtpmap:111 opus/48000/2\r\n")
                .contains("a=rtpmap:101 telephone-event/8000\r\n")
                .contains("a=rtpmap:110 telephone-event/48000\r\n");
        peer.reply(invite, "486 Busy Here", "t", "", "");
    }

    @Test
    void s02_every_repeated_200_gets_its_ack_again_also_after_the_end() {
        CallLeg leg = line.dial(events);
        Received invite = answered("t1");
        Received ack = peer.awaitRequest("ACK");
        peer.ok(invite, "t1", RawPeer.SDP);
        Lines.eventually("second ACK", () -> peer.count(r -> r.isRequest("ACK")) == 2);
        leg.hangUp();
        Received bye = peer.awaitRequest("BYE");
        peer.reply(bye, "200 OK", "", "", "");
        peer.ok(invite, "t1", RawPeer.SDP);
        Lines.eventually("third ACK", () -> peer.count(r -> r.isRequest("ACK")) == 3);
        assertThat(peer.inbox.stream()
                        .filter(r -> r.isRequest("ACK"))
                        .map(Received::text)
                        .distinct())
                .containsExactly(ack.text());
        assertThat(peer.inbox.stream()
                        .filter(r -> r.isRequest("BYE"))
                        .map(Received::branch)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void s03_the_ack_to_a_200_goes_to_the_contact_by_the_reversed_record_route_in_its_own_transaction() {
        CallLeg unused = line.dial(events);
        Received invite = peer.awaitRequest("INVITE");
        String here = "127.0.0.1:" + peer.port();
        peer.reply(
                invite,
                "200 OK",
                "t1",
                "Record-Route: <sip:far@" + here + ";lr>, <sip:near@" + here
                        + ";lr>\r\nContact: <sip:desk@10.1.2.3:5080>\r\n",
                RawPeer.SDP);
        Received ack = peer.awaitRequest("ACK");
        assertThat(ack.startLine()).isEqualTo("ACK sip:desk@10.1.2.3:5080 SIP/2.0");
        assertThat(String.join(",", ack.headers("Route")).replace(" ", ""))
                .isEqualTo("<sip:near@" + here + ";lr>,<sip:far@" + here + ";lr>");
        assertThat(ack.branch()).isNotEqualTo(invite.branch());
        assertThat(ack.cseq()).isEqualTo(invite.cseq());
    }

    @Test
    void s03_a_strict_router_gets_requests_in_the_form_that_it_understands() {
        CallLeg leg = line.dial(events);
        Received invite = peer.awaitRequest("INVITE");
        String strict = "sip:strict@127.0.0.1:" + peer.port();
        peer.reply(
                invite,
                "200 OK",
                "t1",
                "Record-Route: <" + strict + ">\r\nContact: <sip:desk@10.1.2.3:5080>\r\n",
                RawPeer.SDP);
        Received ack = peer.awaitRequest("ACK");
        LegEvent.Answered unused = events.await(LegEvent.Answered.class);
        leg.hangUp();
        Received bye = peer.awaitRequest("BYE");
        for (Received request : new Received[] {ack, bye}) {
            assertThat(request.startLine()).endsWith(" " + strict + " SIP/2.0");
            assertThat(request.headers("Route")).containsExactly("<sip:desk@10.1.2.3:5080>");
        }
    }

    @Test
    void s03_a_refusal_gets_a_hop_ack_on_the_invites_branch() {
        CallLeg unused = line.dial(events);
        Received invite = peer.awaitRequest("INVITE");
        peer.reply(invite, "486 Busy Here", "t1", "Reason: Q.850;cause=17;text=\"User busy\"\r\n", "");
        Received ack = peer.awaitRequest("ACK");
        assertThat(ack.branch()).isEqualTo(invite.branch());
        LegEvent.DialFailed failed = events.await(LegEvent.DialFailed.class);
        assertThat(failed.error()).isEqualTo(DialError.BUSY);
        assertThat(failed.raw().q850Cause()).hasValue(17);
    }

    @Test
    void s04_a_second_fork_that_answers_gets_ack_and_bye_and_the_call_goes_on() {
        CallLeg leg = line.dial(events);
        Received invite = answered("winner");
        Lines.eventually("fork hung up", () -> {
            peer.ok(invite, "loser", RawPeer.SDP);
            return peer.count(r -> r.isRequest("BYE")) > 0;
        });
        Received bye = peer.awaitRequest("BYE");
        assertThat(bye.toTag()).isEqualTo("loser");
        assertThat(peer.count(r -> r.isRequest("ACK") && r.toTag().equals("loser")))
                .isPositive();
        assertThat(events.terminals()).isZero();
        leg.hangUp();
        peer.await("BYE to winner", r -> r.isRequest("BYE") && r.toTag().equals("winner"));
    }

    @Test
    void s05_cancel_waits_for_the_first_provisional_response() {
        CallLeg leg = line.dial(events);
        Received invite = peer.awaitRequest("INVITE");
        leg.hangUp();
        Lines.eventually("INVITE repeated", () -> peer.count(r -> r.isRequest("INVITE")) > 2);
        assertThat(peer.count(r -> r.isRequest("CANCEL"))).isZero();
        peer.reply(invite, "180 Ringing", "t1", "", "");
        Received cancel = peer.awaitRequest("CANCEL");
        assertThat(cancel.branch()).isEqualTo(invite.branch());
        assertThat(cancel.cseq()).isEqualTo(invite.cseq());
        assertThat(cancel.header("To")).isEqualTo(invite.header("To"));
        peer.reply(cancel, "200 OK", "t1", "", "");
        peer.reply(invite, "487 Request Terminated", "t1", "", "");
        peer.await("hop ACK", r -> r.isRequest("ACK") && r.branch().equals(invite.branch()));
        LegEvent.DialFailed failed = events.await(LegEvent.DialFailed.class);
        assertThat(failed.raw().reasonPhrase()).hasValue("cancelled");
        assertThat(events.terminals()).isEqualTo(1);
    }

    @Test
    void s01_a_trunk_that_is_silent_until_the_ring_timeout_is_no_missing_callee() {
        CallLeg unused = line.dial(Lines.CALLEE, Duration.ofMillis(200), events);
        Received invite = peer.awaitRequest("INVITE");
        LegEvent.DialFailed failed = events.await(LegEvent.DialFailed.class);
        assertThat(failed.error()).isEqualTo(DialError.NON_CLASSIFIED_ERROR);
        assertThat(failed.raw().reasonPhrase()).hasValue("no response to INVITE");
        peer.ok(invite, "late", RawPeer.SDP);
        peer.await(
                "BYE to the late answer", r -> r.isRequest("BYE") && r.toTag().equals("late"));
        assertThat(events.terminals()).isEqualTo(1);
    }

    @Test
    void s05_a_200_that_crosses_our_cancel_gets_ack_and_bye_and_the_call_never_was_up() {
        CallLeg unused = line.dial(Lines.CALLEE, Duration.ofSeconds(1), events);
        Received invite = peer.awaitRequest("INVITE");
        peer.reply(invite, "180 Ringing", "t1", "", "");
        Received cancel = peer.awaitRequest("CANCEL");
        peer.ok(invite, "t1", RawPeer.SDP);
        peer.reply(cancel, "200 OK", "t1", "", "");
        Received ack = peer.awaitRequest("ACK");
        Received bye = peer.awaitRequest("BYE");
        assertThat(bye.toTag()).isEqualTo("t1");
        assertThat(ack.toTag()).isEqualTo("t1");
        LegEvent.DialFailed failed = events.await(LegEvent.DialFailed.class);
        assertThat(failed.error()).isEqualTo(DialError.NO_ANSWER);
        assertThat(failed.raw().sipStatus()).hasValue(200);
        assertThat(events.terminals()).isEqualTo(1);
        assertThat(events.all).noneMatch(LegEvent.Answered.class::isInstance);
    }

    @Test
    void f14_a_peer_that_answers_neither_invite_nor_cancel_does_not_keep_the_leg() {
        CallLeg unused = line.dial(Lines.CALLEE, Duration.ofSeconds(1), events);
        Received invite = peer.awaitRequest("INVITE");
        peer.reply(invite, "180 Ringing", "t1", "", "");
        peer.awaitRequest("CANCEL");
        assertThat(events.await(LegEvent.DialFailed.class).error()).isEqualTo(DialError.NO_ANSWER);
        peer.ok(invite, "t1", RawPeer.SDP);
        peer.awaitRequest("BYE");
        assertThat(events.terminals()).isEqualTo(1);
    }

    @Test
    void s01_silence_is_a_trunk_failure_after_timer_b() {
        CallLeg unused = line.dial(events);
        LegEvent.DialFailed failed = events.await(LegEvent.DialFailed.class);
        assertThat(failed.error()).isEqualTo(DialError.NON_CLASSIFIED_ERROR);
        assertThat(failed.raw().sipStatus()).isEmpty();
        assertThat(failed.raw().reasonPhrase()).hasValue("no response to INVITE");
        assertThat(peer.count(r -> r.isRequest("INVITE"))).isBetween(3L, 9L);
    }

    @Test
    void an_answer_without_our_codecs_is_acked_hung_up_and_never_answered() {
        CallLeg unused = line.dial(events);
        Received invite = peer.awaitRequest("INVITE");
        peer.ok(invite, "t1", RawPeer.SDP.replace("RTP/AVP 8 101", "RTP/AVP 18"));
        peer.awaitRequest("ACK");
        peer.awaitRequest("BYE");
        assertThat(events.await(LegEvent.DialFailed.class).error()).isEqualTo(DialError.PRECONDITION_FAILED);
        assertThat(events.all).noneMatch(LegEvent.Answered.class::isInstance);
    }

    @Test
    void s14_early_media_is_applied_and_told_once() {
        CallLeg unused = line.dial(events);
        Received invite = peer.awaitRequest("INVITE");
        peer.reply(invite, "183 Session Progress", "t1", "", RawPeer.SDP);
        LegEvent.EarlyMedia early = events.await(LegEvent.EarlyMedia.class);
        assertThat(early.atNanos()).isPositive();
        peer.reply(invite, "183 Session Progress", "t1", "", RawPeer.SDP);
        peer.ok(invite, "t1", RawPeer.SDP);
        assertThat(events.await(LegEvent.Answered.class).codec()).isEqualTo("PCMA");
        assertThat(events.all.stream().filter(LegEvent.EarlyMedia.class::isInstance))
                .hasSize(1);
    }

    @Test
    void s17_a_challenge_is_answered_and_a_wrong_password_gives_up() {
        CallLeg unused = line.dial(events);
        String challenge = "Proxy-Authenticate: Digest realm=\"trunk\", nonce=\"n%d\", qop=\"auth\", algorithm=%s\r\n";
        for (int round = 1; round <= 3; round++) {
            long wanted = round;
            Lines.eventually("INVITE " + round, () -> inviteNumbers() == wanted);
            Received invite = peer.inbox.stream()
                    .filter(r -> r.isRequest("INVITE"))
                    .reduce((a, b) -> b)
                    .orElseThrow();
            assertThat(invite.headers("Proxy-Authorization")).hasSize(round == 1 ? 0 : 1);
            peer.reply(
                    invite,
                    "407 Proxy Authentication Required",
                    "t" + round,
                    challenge.formatted(round, "MD5") + challenge.formatted(round, "SHA-256"),
                    "");
        }
        LegEvent.DialFailed failed = events.await(LegEvent.DialFailed.class);
        assertThat(failed.error()).isEqualTo(DialError.PRECONDITION_FAILED);
        assertThat(failed.raw().sipStatus()).hasValue(407);
        assertThat(inviteNumbers()).isEqualTo(3);
        assertThat(peer.inbox.stream()
                        .flatMap(r -> r.headers("Proxy-Authorization").stream())
                        .filter(h -> h.contains("nonce=\"n1\"")))
                .isNotEmpty()
                .allMatch(h -> h.contains("algorithm=SHA-256") && h.contains("nc=00000001"));
    }

    private long inviteNumbers() {
        return peer.inbox.stream()
                .filter(r -> r.isRequest("INVITE"))
                .map(Received::cseq)
                .distinct()
                .count();
    }

    @Test
    void s17_credentials_are_never_shown_to_another_host() {
        try (RawPeer stranger = new RawPeer("127.0.0.2")) {
            CallLeg leg = line.dial(events);
            Received invite = peer.awaitRequest("INVITE");
            peer.reply(
                    invite,
                    "407 Proxy Authentication Required",
                    "t0",
                    "Proxy-Authenticate: Digest realm=\"trunk\", nonce=\"n\"\r\n",
                    "");
            Received second = peer.await(
                    "INVITE with credentials",
                    r -> r.isRequest("INVITE")
                            && !r.header("Proxy-Authorization").isEmpty());
            peer.reply(second, "200 OK", "t1", "Contact: " + stranger.contact() + "\r\n", RawPeer.SDP);
            stranger.awaitRequest("ACK");
            LegEvent.Answered unused = events.await(LegEvent.Answered.class);
            leg.hangUp();
            Received bye = stranger.awaitRequest("BYE");
            stranger.reply(
                    bye,
                    "407 Proxy Authentication Required",
                    "",
                    "Proxy-Authenticate: Digest realm=\"trunk\", nonce=\"m\"\r\n",
                    "");
            LegEvent.Ended unusedEnd = events.await(LegEvent.Ended.class);
            assertThat(stranger.inbox).noneMatch(r -> r.text().contains("uthorization"));
        }
    }

    @Test
    void s17_a_challenged_bye_is_sent_again_with_the_nonce_counted_up() {
        CallLeg leg = line.dial(events);
        Received invite = peer.awaitRequest("INVITE");
        peer.reply(
                invite,
                "401 Unauthorized",
                "t0",
                "WWW-Authenticate: Digest realm=\"pbx\", nonce=\"n\", qop=\"auth\"\r\n",
                "");
        Received second = peer.await(
                "INVITE with credentials",
                r -> r.isRequest("INVITE") && r.text().contains("Authorization: "));
        peer.ok(second, "t1", RawPeer.SDP);
        LegEvent.Answered unused = events.await(LegEvent.Answered.class);
        leg.hangUp();
        Received bye = peer.awaitRequest("BYE");
        assertThat(bye.header("Authorization")).contains("nc=00000002").contains("uri=\"sip:peer@127.0.0.1");
        peer.reply(
                bye,
                "401 Unauthorized",
                "",
                "WWW-Authenticate: Digest realm=\"pbx\", nonce=\"n2\", qop=\"auth\", stale=true\r\n",
                "");
        Received again =
                peer.await("second BYE", r -> r.isRequest("BYE") && r.text().contains("nonce=\"n2\""));
        assertThat(again.cseq()).isEqualTo(bye.cseq() + 1);
        peer.reply(again, "200 OK", "", "", "");
    }

    @Test
    void s07_byes_that_cross_give_one_end() {
        CallLeg leg = line.dial(events);
        Received invite = answered("t1");
        leg.hangUp();
        peer.send(peer.within(invite, "t1", "BYE", 7, "", ""), line.line.sipPort());
        peer.awaitResponse(200, "BYE");
        peer.awaitRequest("BYE");
        assertThat(events.await(LegEvent.Ended.class).cause()).isIn(LegEnd.LOCAL_HANGUP, LegEnd.REMOTE_HANGUP);
        peer.send(peer.within(invite, "t1", "BYE", 8, "", ""), line.line.sipPort());
        Lines.eventually("second BYE answered", () -> peer.count(r -> r.isResponse(200, "BYE")) == 2);
        assertThat(events.terminals()).isEqualTo(1);
    }

    @Test
    void f14_a_peer_that_never_answers_bye_does_not_keep_the_leg() {
        CallLeg leg = line.dial(events);
        Received unused = answered("t1");
        leg.hangUp();
        LegEvent.Ended unusedEnd = events.await(LegEvent.Ended.class);
        Lines.eventually("BYE repeated", () -> peer.count(r -> r.isRequest("BYE")) > 2);
        assertThat(events.terminals()).isEqualTo(1);
    }
}
