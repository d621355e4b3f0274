package dev.revox.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.line.CallLeg;
import dev.revox.line.CallerClaims;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.phone.PhoneNumber;
import dev.revox.sip.Lines.Events;
import dev.revox.sip.RawPeer.Received;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The called side, and requests within a call, against a peer that does exactly what the test says. */
class UasLoopbackIT {

    private static final String FROM = "<sip:+33123456789@peer.test>;tag=caller";
    private static final String TO = "<sip:+14155550123@revox.test>";

    private final RawPeer peer = new RawPeer();
    private final Events events = new Events();
    private final AtomicReference<CallLeg> leg = new AtomicReference<>();
    private Lines line;
    private String invite = "";
    private String branch = "";

    @BeforeEach
    void open() {
        line = new Lines(SipTrunk.of("sip:127.0.0.1:9").allowInboundFrom("127.0.0.1"));
    }

    @AfterEach
    void close() {
        line.close();
        peer.close();
    }

    private void takeCalls(boolean answer) {
        line.line.onIncoming((call, incoming) -> {
            leg.set(incoming);
            if (answer) {
                incoming.answer();
            }
            return Optional.of(events);
        });
    }

    private int port() {
        return line.line.sipPort();
    }

    private String uri() {
        return "sip:+14155550123@127.0.0.1:" + port();
    }

    private void sendInvite(String extra, String body) {
        branch = peer.nextBranch();
        invite = peer.message("INVITE", uri(), branch, FROM, TO, "call-1", 1, extra, body);
        peer.send(invite, port());
    }

    private String toWithTag() {
        return TO + ";tag=" + ourTag();
    }

    private String ourTag() {
        return peer.inbox.stream()
                .filter(r -> r.isResponse(200, "INVITE") || r.isResponse(180, "INVITE"))
                .findFirst()
                .orElseThrow()
                .toTag();
    }

    private void send(String method, long cseq, String extra, String body) {
        peer.send(
                peer.message(method, uri(), peer.nextBranch(), FROM, toWithTag(), "call-1", cseq, extra, body), port());
    }

    private void callIsUp() {
        takeCalls(true);
        sendInvite("", RawPeer.SDP);
        Received unused = peer.awaitResponse(200, "INVITE");
        send("ACK", 1, "", "");
        LegEvent.Answered answered = events.await(LegEvent.Answered.class);
        assertThat(answered.codec()).isEqualTo("PCMA");
    }

    private Received reinvite(long cseq, String body) {
        long before = peer.count(r -> r.header("CSeq").equals(cseq + " INVITE"));
        assertThat(before).isZero();
        // Two threads read messages, so this INVITE may overtake the ACK before it; what has been agreed is applied
        // before that.
        send("INVITE", cseq, "", body);
        return peer.await(
                "final response", r -> r.header("CSeq").equals(cseq + " INVITE") && !r.isResponse(100, "INVITE"));
    }

    /**
     * A re-INVITE and its ACK. Two threads read messages, so it may overtake the ACK before it, and is sent again then. <b>Spec:</b>
     * RFC 3261 §14.1.
     */
    private Received agreed(long tenfold, String body) {
        Received answer = reinvite(tenfold, body);
        for (long cseq = tenfold; ; answer = reinvite(++cseq, body)) {
            send("ACK", cseq, "", "");
            if (!answer.isResponse(491, "INVITE")) {
                return answer;
            }
            assertThat(cseq).isLessThan(tenfold + 9);
        }
    }

    private static String originVersion(String sdp) {
        return List.of(sdp.split("\r\n", -1)).stream()
                .filter(l -> l.startsWith("o="))
                .findFirst()
                .orElseThrow()
                .split(" ", -1)[2];
    }

    @Test
    void s02_our_200_is_repeated_until_its_ack() {
        takeCalls(true);
        sendInvite("", RawPeer.SDP);
        Lines.eventually("200 repeated", () -> peer.count(r -> r.isResponse(200, "INVITE")) >= 3);
        assertThat(events.all).noneMatch(LegEvent.Answered.class::isInstance);
        send("ACK", 1, "", "");
        LegEvent.Answered unused = events.await(LegEvent.Answered.class);
        Received ok = peer.awaitResponse(200, "INVITE");
        assertThat(ok.header("Contact")).isEqualTo("<sip:revox@127.0.0.1:" + port() + ">");
        assertThat(ok.body()).contains("m=audio 40000 RTP/AVP 8 101\r\n");
        assertThat(peer.inbox.stream()
                        .filter(r -> r.isResponse(200, "INVITE"))
                        .map(Received::text)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void f14_a_caller_that_never_acks_gets_a_bye_and_the_leg_ends_once() {
        takeCalls(true);
        sendInvite("", RawPeer.SDP);
        peer.awaitRequest("BYE");
        LegEvent.DialFailed unused = events.await(LegEvent.DialFailed.class);
        assertThat(peer.count(r -> r.isResponse(200, "INVITE"))).isBetween(4L, 16L);
        assertThat(events.terminals()).isEqualTo(1);
    }

    @Test
    void s02_an_invite_that_is_repeated_after_the_200_gets_the_200_again_not_a_second_call() {
        takeCalls(true);
        sendInvite("", RawPeer.SDP);
        Received unused = peer.awaitResponse(200, "INVITE");
        peer.send(invite, port());
        Lines.eventually("200 again", () -> peer.count(r -> r.isResponse(200, "INVITE")) >= 2);
        send("ACK", 1, "", "");
        LegEvent.Answered unusedEvent = events.await(LegEvent.Answered.class);
        assertThat(line.plane.sessions).hasSize(1);
    }

    @Test
    void s13_an_invite_without_offer_gets_ours_and_the_ack_answers_it() {
        takeCalls(true);
        sendInvite("", "");
        Received ok = peer.awaitResponse(200, "INVITE");
        assertThat(ok.body()).contains("RTP/AVP 0 8 111 9 101 110");
        send("ACK", 1, "", RawPeer.SDP);
        assertThat(events.await(LegEvent.Answered.class).codec()).isEqualTo("PCMA");
        assertThat(line.plane.last().applied).hasSize(1);
    }

    @Test
    void s05_a_caller_that_gives_up_gets_200_and_487() {
        takeCalls(false);
        sendInvite("", RawPeer.SDP);
        Received unused = peer.awaitResponse(180, "INVITE");
        peer.send(peer.message("CANCEL", uri(), branch, FROM, TO, "call-1", 1, "", ""), port());
        peer.awaitResponse(200, "CANCEL");
        peer.awaitResponse(487, "INVITE");
        LegEvent.DialFailed failed = events.await(LegEvent.DialFailed.class);
        assertThat(failed.raw().reasonPhrase()).hasValue("caller gave up");
        Lines.eventually("ports freed", line.plane.last().closed::get);
    }

    @Test
    void s06_what_belongs_to_no_call_is_481_and_options_is_answered() {
        takeCalls(false);
        peer.send(peer.message("BYE", uri(), peer.nextBranch(), FROM, TO + ";tag=x", "nocall", 2, "", ""), port());
        peer.awaitResponse(481, "BYE");
        peer.send(peer.message("CANCEL", uri(), peer.nextBranch(), FROM, TO, "nocall", 2, "", ""), port());
        peer.awaitResponse(481, "CANCEL");
        peer.send(peer.message("OPTIONS", uri(), peer.nextBranch(), FROM, TO, "ping", 1, "", ""), port());
        Received options = peer.awaitResponse(200, "OPTIONS");
        assertThat(String.join(",", options.headers("Allow")))
                .contains("INVITE")
                .contains("BYE");
        peer.send(peer.message("REGISTER", uri(), peer.nextBranch(), FROM, TO, "reg", 1, "", ""), port());
        peer.awaitResponse(405, "REGISTER");
    }

    @Test
    void a_stranger_gets_the_same_403_whatever_he_asks() {
        callIsUp();
        try (RawPeer stranger = new RawPeer("127.0.0.2")) {
            for (String method : List.of("INVITE", "OPTIONS", "REGISTER", "BYE", "SUBSCRIBE")) {
                String to = method.equals("BYE") ? TO + ";tag=guess" : TO;
                stranger.send(
                        stranger.message(method, uri(), stranger.nextBranch(), FROM, to, "call-1", 9, "", ""), port());
                stranger.awaitResponse(403, method);
            }
        }
        assertThat(events.terminals()).isZero();
        assertThat(line.plane.sessions).hasSize(1);
    }

    @Test
    void s06_an_invite_that_comes_by_two_ways_is_482_the_second_time() {
        takeCalls(false);
        sendInvite("", RawPeer.SDP);
        Received unused = peer.awaitResponse(180, "INVITE");
        peer.send(peer.message("INVITE", uri(), peer.nextBranch(), FROM, TO, "call-1", 1, "", RawPeer.SDP), port());
        peer.awaitResponse(482, "INVITE");
        assertThat(line.plane.sessions).hasSize(1);
    }

    @Test
    void s08_unknown_demands_and_bodies_are_refused_by_name() {
        takeCalls(false);
        peer.send(
                peer.message(
                        "INVITE",
                        uri(),
                        peer.nextBranch(),
                        FROM,
                        TO,
                        "c1",
                        1,
                        "Require: 100rel, nonsense\r\n",
                        RawPeer.SDP),
                port());
        Received refused = peer.awaitResponse(420, "INVITE");
        assertThat(String.join(",", refused.headers("Unsupported")))
                .contains("nonsense")
                .doesNotContain("100rel");
        peer.send(
                peer.message("INVITE", uri(), peer.nextBranch(), FROM, TO, "c2", 1, "", "hello")
                        .replace("application/sdp", "text/plain"),
                port());
        Received media = peer.awaitResponse(415, "INVITE");
        assertThat(media.header("Accept")).isEqualTo("application/sdp");
        assertThat(line.plane.sessions).isEmpty();
    }

    @Test
    void s24_what_a_call_says_about_its_caller_reaches_the_host_through_the_parser() {
        AtomicReference<CallerClaims> claims = new AtomicReference<>(CallerClaims.NONE);
        line.line.onIncoming((call, incoming) -> {
            claims.set(call.claims());
            return Optional.empty();
        });
        String payload = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"attest\":\"A\"}".getBytes(StandardCharsets.UTF_8));
        String identity =
                "eyJhbGciOiJFUzI1NiJ9." + payload + ".c2ln;info=<https://cert.test/c.pem>;alg=ES256;ppt=shaken";
        sendInvite(
                "Identity: " + identity + "\r\nDiversion: <sip:+14155550122@127.0.0.1>;reason=user-busy\r\n"
                        + "P-Asserted-Identity: <sip:+14155550111@127.0.0.1;verstat=TN-Validation-Passed>\r\n"
                        + "Privacy: id\r\n",
                RawPeer.SDP);
        peer.awaitResponse(603, "INVITE");
        assertThat(claims.get().attestation()).hasValue(CallerClaims.Attestation.A);
        assertThat(claims.get().identityTokens()).containsExactly(identity);
        assertThat(claims.get().asserted()).hasValue(PhoneNumber.of("+14155550111"));
        assertThat(claims.get().verstat()).hasValue("TN-Validation-Passed");
        assertThat(claims.get().withheld()).isTrue();
        assertThat(claims.get().diversions())
                .containsExactly(new CallerClaims.Diversion(
                        Optional.of(PhoneNumber.of("+14155550122")), Optional.of("user-busy")));
    }

    @Test
    void a_line_without_a_handler_refuses() {
        sendInvite("", RawPeer.SDP);
        peer.awaitResponse(403, "INVITE");
        assertThat(line.plane.sessions).isEmpty();
    }

    @Test
    void s13_hold_and_resume_are_answered_and_the_version_rises_only_with_a_change() {
        callIsUp();
        String first = originVersion(peer.awaitResponse(200, "INVITE").body());

        Received held = agreed(20, RawPeer.SDP + "a=sendonly\r\n");
        assertThat(held.body()).contains("a=recvonly\r\n");
        assertThat(Long.parseLong(originVersion(held.body()))).isEqualTo(Long.parseLong(first) + 1);
        Lines.eventually("held", () -> !line.plane.last().applied.getLast().sending());

        Received again = agreed(30, RawPeer.SDP + "a=sendonly\r\n");
        assertThat(originVersion(again.body())).isEqualTo(originVersion(held.body()));

        Received old = agreed(40, RawPeer.SDP.replace("c=IN IP4 127.0.0.1", "c=IN IP4 0.0.0.0"));
        assertThat(old.isResponse(200, "INVITE")).isTrue();
        Lines.eventually("held the old way", () -> line.plane.last().applied.size() == 4);
        assertThat(line.plane.last().applied.getLast().sending()).isFalse();

        Received moved = agreed(50, RawPeer.SDP.replace("41000 RTP/AVP 8", "42000 RTP/AVP 0"));
        assertThat(moved.body()).contains("m=audio 40000 RTP/AVP 0 101\r\n");
        Lines.eventually("resumed elsewhere", () -> line.plane.last().applied.size() == 5);
        assertThat(line.plane.last().applied.getLast().remoteRtp().getPort()).isEqualTo(42_000);
        assertThat(line.plane.last().applied.getLast().encodingName()).isEqualTo("PCMU");
        assertThat(line.plane.last().applied.getLast().sending()).isTrue();
    }

    @Test
    void s13_an_impossible_offer_is_488_and_the_call_goes_on() {
        callIsUp();
        Received refused = reinvite(2, RawPeer.SDP.replace("m=audio 41000 RTP/AVP 8 101", "m=image 41000 udptl t38"));
        assertThat(refused.isResponse(488, "INVITE")).isTrue();
        assertThat(refused.header("Warning")).startsWith("304 ");
        assertThat(events.terminals()).isZero();
        send("BYE", 3, "Reason: Q.850;cause=16\r\n", "");
        LegEvent.Ended ended = events.await(LegEvent.Ended.class);
        assertThat(ended.cause()).isEqualTo(LegEnd.REMOTE_HANGUP);
        assertThat(ended.reason()).hasValue("Q.850 cause 16");
    }

    @Test
    void s06_an_offer_that_crosses_ours_is_491() {
        callIsUp();
        Received ours = reinvite(2, "");
        assertThat(ours.body()).contains("m=audio 40000");
        assertThat(reinvite(3, RawPeer.SDP).isResponse(491, "INVITE")).isTrue();
        send("UPDATE", 4, "", RawPeer.SDP);
        peer.awaitResponse(491, "UPDATE");
        send("ACK", 2, "", RawPeer.SDP);
        Lines.eventually("answer applied", () -> line.plane.last().applied.size() == 2);
        assertThat(events.terminals()).isZero();
    }

    @Test
    void s08_other_requests_within_a_call_get_their_due() {
        callIsUp();
        send("OPTIONS", 2, "", "");
        peer.awaitResponse(200, "OPTIONS");
        send("INFO", 3, "", "");
        peer.awaitResponse(200, "INFO");
        send("UPDATE", 4, "", RawPeer.SDP + "a=inactive\r\n");
        assertThat(peer.awaitResponse(200, "UPDATE").body()).contains("a=inactive");
        send("REFER", 5, "Refer-To: <sip:+882999@evil.test>\r\n", "");
        peer.awaitResponse(603, "REFER");
        send("MESSAGE", 6, "", "");
        peer.awaitResponse(405, "MESSAGE");
        send("OPTIONS", 3, "", "");
        peer.awaitResponse(500, "OPTIONS");
        assertThat(events.terminals()).isZero();
    }

    @Test
    void hanging_up_before_the_ack_waits_for_it() {
        takeCalls(true);
        sendInvite("", RawPeer.SDP);
        Received unused = peer.awaitResponse(200, "INVITE");
        leg.get().hangUp();
        Lines.eventually("200 repeated", () -> peer.count(r -> r.isResponse(200, "INVITE")) >= 2);
        assertThat(peer.count(r -> r.isRequest("BYE"))).isZero();
        send("ACK", 1, "", "");
        peer.awaitRequest("BYE");
        LegEvent.DialFailed unusedEvent = events.await(LegEvent.DialFailed.class);
        assertThat(events.terminals()).isEqualTo(1);
    }

    @Test
    void a_message_with_too_many_headers_is_thrown_away_unread() {
        takeCalls(false);
        String fits = "X-A: 1\r\n".repeat(80);
        String tooMany = "X-A: 1\r\n".repeat(101);
        peer.send(peer.message("OPTIONS", uri(), peer.nextBranch(), FROM, TO, "o1", 1, fits, ""), port());
        peer.awaitResponse(200, "OPTIONS");
        peer.send(peer.message("OPTIONS", uri(), peer.nextBranch(), FROM, TO, "o2", 1, tooMany, ""), port());
        String longHeader = "X-B: " + "b".repeat(8_300) + "\r\n";
        peer.send(peer.message("INFO", uri(), peer.nextBranch(), FROM, TO, "o3", 1, longHeader, ""), port());
        Lines.eventually("dropped", () -> line.line.valveCounts().tooLarge() == 2);
    }
}
