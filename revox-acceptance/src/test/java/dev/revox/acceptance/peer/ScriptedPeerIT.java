package dev.revox.acceptance.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.revox.attempt.DialError;
import dev.revox.line.CallLeg;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.line.LegEvent.TransferError;
import dev.revox.phone.PhoneNumber;
import dev.revox.sip.SipTrunk;
import dev.revox.sip.signaling.dialog.DialogSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real line against SIPp, which plays peers that do what peers do rarely, late or wrongly. */
class ScriptedPeerIT {

    @TempDir
    Path folder;

    private Optional<BareLine> line = Optional.empty();

    @AfterEach
    void close() {
        line.ifPresent(BareLine::close);
    }

    private CallLeg dial(Sipp peer) {
        return dial(peer, DialogSettings.DEFAULT, Duration.ofSeconds(20));
    }

    private CallLeg dial(Sipp peer, DialogSettings dialogs, Duration ringTimeout) {
        BareLine opened = BareLine.on(SipTrunk.of("sip:127.0.0.1:" + peer.sipPort()), dialogs);
        line = Optional.of(opened);
        return opened.dial(ringTimeout);
    }

    private List<LegEvent> events() {
        return line.orElseThrow().events;
    }

    private <T extends LegEvent> T told(Class<T> type) {
        return line.orElseThrow().told(type);
    }

    private void wentAsWritten(Sipp peer) {
        assertThat(peer.exitCode()).as(peer.output()).isZero();
        await("the end").atMost(BareLine.PATIENCE).until(() -> events().stream().anyMatch(LegEvent::terminal));
        assertThat(events().stream().filter(LegEvent::terminal)).hasSize(1);
    }

    @Test
    void s04_several_early_dialogs_and_a_second_answer() {
        String script = SippScript.called()
                .answersInvite("183 Session Progress", "one", "", SippScript.SDP)
                .answersInvite("183 Session Progress", "two", "", SippScript.SDP)
                .answersInvite("199 Early Dialog Terminated", "two", "", "")
                .answersInvite("200 OK", "one", "", SippScript.SDP)
                .takes("ACK", "To:.*tag=one")
                .pause(300)
                .answersInvite("200 OK", "three", "", SippScript.SDP)
                .takes("ACK", "To:.*tag=three")
                .takes("BYE", "To:.*tag=three")
                .answers("200 OK", "", "")
                .takes("BYE", "To:.*tag=one")
                .answers("200 OK", "", "")
                .end();
        try (Sipp peer = Sipp.play(folder, script)) {
            CallLeg leg = dial(peer);
            LegEvent.Answered unused = told(LegEvent.Answered.class);
            await().pollDelay(Duration.ofMillis(1_200)).until(() -> true);
            leg.hangUp();
            wentAsWritten(peer);
        }
    }

    @Test
    void s05_cancel_and_200_cross() {
        String script = SippScript.called()
                .answersInvite("180 Ringing", "one", "", "")
                .takes("CANCEL")
                .answersInvite("200 OK", "one", "", SippScript.SDP)
                .takes("ACK")
                .takes("BYE")
                .answers("200 OK", "", "")
                .end();
        try (Sipp peer = Sipp.play(folder, script)) {
            CallLeg unused = dial(peer, DialogSettings.DEFAULT, Duration.ofMillis(700));
            assertThat(told(LegEvent.DialFailed.class).error()).isEqualTo(DialError.NO_ANSWER);
            wentAsWritten(peer);
        }
    }

    @Test
    void s07_byes_cross() {
        String script = SippScript.called()
                .answersInvite("200 OK", "one", "", SippScript.SDP)
                .takes("ACK")
                .takes("BYE")
                .asks("BYE", 7, "one", "", "")
                .gets(200)
                .end();
        try (Sipp peer = Sipp.play(folder, script)) {
            CallLeg leg = dial(peer);
            LegEvent.Answered unused = told(LegEvent.Answered.class);
            leg.hangUp();
            wentAsWritten(peer);
        }
    }

    @Test
    void s06_s13_we_hold_after_a_collision_and_resume() {
        String script = SippScript.called()
                .answersInvite("200 OK", "one", "", SippScript.SDP)
                .takes("ACK")
                .takesInvite()
                .answersReinvite("491 Request Pending", "", "")
                .takes("ACK")
                .takesInvite()
                .answersReinvite("200 OK", "", SippScript.SDP + "a=recvonly\n")
                .takes("ACK")
                .takesInvite()
                .answersReinvite("200 OK", "", SippScript.SDP)
                .takes("ACK")
                .untilBye();
        try (Sipp peer = Sipp.play(folder, script)) {
            CallLeg leg = dial(peer);
            LegEvent.Answered unused = told(LegEvent.Answered.class);
            long before = line.orElseThrow().nowNanos();
            leg.hold();
            LegEvent.HoldChanged held = told(LegEvent.HoldChanged.class);
            assertThat(held.heldByUs()).isTrue();
            assertThat(Duration.ofNanos(held.atNanos() - before)).isGreaterThan(Duration.ofMillis(2_100));
            leg.resume();
            await().atMost(BareLine.PATIENCE)
                    .until(() -> events().stream()
                            .anyMatch(e -> e instanceof LegEvent.HoldChanged change && !change.heldByUs()));
            leg.hangUp();
            wentAsWritten(peer);
        }
    }

    @Test
    void s10_a_reliable_183_with_an_offer_is_answered_in_prack() {
        String script = SippScript.called()
                .answersInvite("183 Session Progress", "one", "Require: 100rel\nRSeq: 42\n", SippScript.SDP)
                .takes("PRACK", "RAck: 42 1 INVITE.*m=audio")
                .answers("200 OK", "", "")
                .answersInvite("200 OK", "one", "", "")
                .takes("ACK")
                .untilBye();
        try (Sipp peer = Sipp.play(folder, script)) {
            CallLeg leg = dial(peer, DialogSettings.DEFAULT.withLateOffer(true), Duration.ofSeconds(20));
            LegEvent.EarlyMedia unused = told(LegEvent.EarlyMedia.class);
            LegEvent.Answered unusedAnswer = told(LegEvent.Answered.class);
            leg.hangUp();
            wentAsWritten(peer);
        }
    }

    @Test
    void s10_s11_a_reliable_183_an_early_update_and_an_update_in_the_call() {
        String script = SippScript.called()
                .answersInvite("183 Session Progress", "one", "Require: 100rel\nRSeq: 9\n", SippScript.SDP)
                .takes("PRACK", "RAck: 9 1 INVITE")
                .answers("200 OK", "", "")
                .asks("UPDATE", 11, "one", "", SippScript.SDP)
                .gets(200)
                .answersInvite("200 OK", "one", "", "")
                .takes("ACK")
                .asks("UPDATE", 12, "one", "P-Asserted-Identity: <tel:+14155550177>\n", SippScript.SDP)
                .gets(200)
                .untilBye();
        try (Sipp peer = Sipp.play(folder, script)) {
            CallLeg leg = dial(peer);
            assertThat(told(LegEvent.ConnectedLine.class).number()).hasValue(PhoneNumber.of("+14155550177"));
            leg.hangUp();
            wentAsWritten(peer);
        }
    }

    @Test
    void s12_a_422_is_met_the_session_is_refreshed_and_a_silent_refresher_is_hung_up_on() {
        String script = SippScript.called()
                .answersInvite("422 Session Interval Too Small", "zero", "Min-SE: 2000\n", "")
                .takes("ACK")
                .takesInvite()
                .answersInvite(
                        "200 OK",
                        "one",
                        "Require: timer\nAllow: INVITE, UPDATE, BYE\nSession-Expires: 4;refresher=uac\n",
                        SippScript.SDP)
                .takes("ACK")
                .takes("UPDATE", "Session-Expires: [0-9]+;refresher=uac")
                .answers("200 OK", "Session-Expires: 6;refresher=uas\n", "")
                .takes("BYE")
                .answers("200 OK", "", "")
                .end();
        try (Sipp peer = Sipp.play(folder, script)) {
            CallLeg unused = dial(peer);
            assertThat(told(LegEvent.Ended.class).cause()).isEqualTo(LegEnd.SESSION_EXPIRED);
            wentAsWritten(peer);
        }
    }

    @Test
    void s13_the_offer_comes_in_the_200_and_later_in_the_ack_and_fax_is_refused() {
        String script = SippScript.called()
                .answersInvite("200 OK", "one", "", SippScript.SDP)
                .takes("ACK", "m=audio")
                .asks("INVITE", 21, "one", "", "")
                .mayGet(100)
                .gets(200)
                .asks("ACK", 21, "one", "", SippScript.SDP)
                .pause(200)
                .asks(
                        "INVITE",
                        22,
                        "one",
                        "",
                        SippScript.SDP.replaceAll("(?s)m=audio.*", "m=image [media_port] udptl t38\n"))
                .mayGet(100)
                .gets(488)
                .acksRefusal(22, "one")
                .untilBye();
        try (Sipp peer = Sipp.play(folder, script)) {
            CallLeg leg = dial(peer, DialogSettings.DEFAULT.withLateOffer(true), Duration.ofSeconds(20));
            LegEvent.Answered unused = told(LegEvent.Answered.class);
            await().pollDelay(Duration.ofMillis(800)).until(() -> true);
            leg.hangUp();
            wentAsWritten(peer);
        }
    }

    @Test
    void s09_a_302_within_the_trunk_is_followed() {
        String script = SippScript.called()
                .answersInvite(
                        "302 Moved Temporarily", "zero", "Contact: <sip:desk@127.0.0.1:[local_port]>;q=0.9\n", "")
                .takes("ACK")
                .takesInvite()
                .answersInvite("200 OK", "one", "", SippScript.SDP)
                .takes("ACK", "^ACK sip:callee@")
                .untilBye();
        try (Sipp peer = Sipp.play(
                folder, script.replace("Contact: <sip:callee@[local_ip]:[local_port]>\nContact:", "Contact:"))) {
            CallLeg leg = dial(peer);
            LegEvent.Answered unused = told(LegEvent.Answered.class);
            leg.hangUp();
            wentAsWritten(peer);
        }
    }

    private static String notify(String state) {
        return "Event: refer\nSubscription-State: " + state + "\nContent-Type: message/sipfrag;version=2.0\n";
    }

    @Test
    void s15_a_transfer_that_succeeds_is_followed_by_bye_within_200_ms() {
        String script = SippScript.called()
                .answersInvite("200 OK", "one", "", SippScript.SDP)
                .takes("ACK")
                .takes("REFER", "Refer-To: <sip:\\+14155550177@127.0.0.1")
                .answers("202 Accepted", "", "")
                .asks("NOTIFY", 31, "one", notify("active;expires=60"), "SIP/2.0 100 Trying")
                .gets(200)
                .asks("NOTIFY", 32, "one", notify("terminated;reason=noresource"), "SIP/2.0 200 OK")
                .gets(200)
                .untilBye();
        try (Sipp peer = Sipp.play(folder, script)) {
            CallLeg leg = dial(peer);
            LegEvent.Answered unused = told(LegEvent.Answered.class);
            leg.transfer(PhoneNumber.of("+14155550177"));
            LegEvent.Transferred transferred = told(LegEvent.Transferred.class);
            LegEvent.Ended ended = told(LegEvent.Ended.class);
            assertThat(ended.cause()).isEqualTo(LegEnd.TRANSFERRED);
            assertThat(Duration.ofNanos(ended.atNanos() - transferred.atNanos()))
                    .isLessThan(Duration.ofMillis(200));
            wentAsWritten(peer);
        }
    }

    @Test
    void s15_a_transfer_that_is_refused_leaves_the_call_up() {
        String script = SippScript.called()
                .answersInvite("200 OK", "one", "", SippScript.SDP)
                .takes("ACK")
                .takes("REFER")
                .answers("603 Decline", "", "")
                .untilBye();
        try (Sipp peer = Sipp.play(folder, script)) {
            CallLeg leg = dial(peer);
            LegEvent.Answered unused = told(LegEvent.Answered.class);
            leg.transfer(PhoneNumber.of("+14155550177"));
            assertThat(told(LegEvent.TransferFailed.class).error()).isEqualTo(TransferError.REFUSED);
            leg.hangUp();
            wentAsWritten(peer);
        }
    }

    @Test
    void s10_s13_a_caller_that_requires_reliability_and_makes_no_offer_gets_ours_in_the_180() {
        int from = ForeignProgram.freePortPair();
        BareLine opened = BareLine.ringing(from);
        line = Optional.of(opened);
        String script = SippScript.calling("Require: 100rel\n", "")
                .mayGet(100)
                .gets(180)
                .callerAsks("PRACK", 2, "RAck: [last_RSeq:] 1 INVITE\n", SippScript.SDP)
                .gets(200)
                .gets(200)
                .callerAsks("ACK", 1, "", "")
                .pause(300)
                .callerAsks("BYE", 3, "", "")
                .gets(200)
                .end()
                .replace("</scenario>", "<Reference variables=\"1\"/>\n</scenario>")
                .replace(
                        "<recv response=\"180\" rrs=\"true\"/>",
                        "<recv response=\"180\" rrs=\"true\"><action><ereg regexp=\"[0-9]+\" search_in=\"hdr\""
                                + " header=\"RSeq:\" assign_to=\"1\"/></action></recv>")
                .replace("[last_RSeq:]", "[$1]");
        try (Sipp peer = Sipp.call(folder, script, from, opened.sipPort())) {
            opened.answerWhenItRings();
            wentAsWritten(peer);
            assertThat(told(LegEvent.Answered.class).codec()).isEqualTo("PCMU");
            assertThat(told(LegEvent.Ended.class).cause()).isEqualTo(LegEnd.REMOTE_HANGUP);
        }
    }
}
