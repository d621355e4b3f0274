package dev.revox.sip.signaling.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.line.LegEvent.TransferError;
import dev.revox.phone.PhoneNumber;
import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.SipBody;
import dev.revox.sip.signaling.SipRequest;
import dev.revox.sip.signaling.dialog.DialogSettings;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** REFER, NOTIFY and Replaces: S15, X08. <b>Spec:</b> RFC 3515, RFC 3891, RFC 3892, RFC 4488, RFC 6665. */
class TransferTest {

    private static final PhoneNumber DESK = PhoneNumber.of("+14155550177");

    private final CallWorld world = new CallWorld();
    private long cseq = 100;

    private UacCall transferring() {
        UacCall call = world.dialled();
        call.transfer(DESK);
        return call;
    }

    private VirtualWire.Served notify(UacCall call, String fragment, String state) {
        return world.fromCallee(
                call,
                "NOTIFY",
                cseq++,
                Optional.of(new SipBody("message/sipfrag;version=2.0", fragment + "\r\n")),
                "Event: refer",
                "Subscription-State: " + state);
    }

    private void transferredAtOnce() {
        assertThat(world.wire.count("BYE")).isEqualTo(1);
        assertThat(world.told.changes.getLast()).isInstanceOf(LegEvent.Transferred.class);
        assertThat(world.told.ends).containsExactly(LegEnd.TRANSFERRED);
    }

    @Test
    void s15_a_cold_transfer_names_whom_and_by_whom_and_its_success_is_followed_by_bye_at_once() {
        UacCall call = transferring();
        SipRequest refer = world.wire.last("REFER");
        assertThat(VirtualWire.header(refer, "Refer-To")).isEqualTo("<sip:+14155550177@trunk.test>");
        assertThat(VirtualWire.header(refer, "Referred-By")).isEqualTo("<sip:+14155550199@trunk.test>");
        assertThat(refer.uri()).isEqualTo("sip:peer@192.0.2.9:5070");
        world.wire.respond(refer, 202, "peer", "");
        assertThat(notify(call, "SIP/2.0 100 Trying", "active;expires=60").status())
                .isEqualTo(200);
        assertThat(notify(call, "SIP/2.0 180 Ringing", "active;expires=60").status())
                .isEqualTo(200);
        assertThat(world.told.changes(LegEvent.TransferProgress.class))
                .extracting(LegEvent.TransferProgress::sipStatus)
                .containsExactly(100, 180);
        assertThat(world.told.terminals()).isZero();
        assertThat(notify(call, "SIP/2.0 200 OK", "terminated;reason=noresource")
                        .status())
                .isEqualTo(200);
        transferredAtOnce();
    }

    @Test
    void s15_a_notify_may_come_before_the_202() {
        UacCall call = transferring();
        notify(call, "SIP/2.0 200 OK", "terminated");
        world.wire.respond(world.wire.last("REFER"), 200, "peer", "");
        transferredAtOnce();
    }

    @ParameterizedTest
    @CsvSource({"603, REFUSED", "403, REFUSED", "405, NOT_SUPPORTED", "501, NOT_SUPPORTED", "408, TIMEOUT"})
    void s15_a_refused_transfer_leaves_the_call_as_it_is(int status, TransferError error) {
        UacCall call = transferring();
        world.wire.respond(world.wire.last("REFER"), status, "peer", "");
        assertThat(world.told.changes).containsExactly(new LegEvent.TransferFailed(0, error, OptionalInt.of(status)));
        assertThat(world.told.terminals()).isZero();
        call.transfer(DESK);
        assertThat(world.wire.count("REFER")).isEqualTo(2);
    }

    @Test
    void s15_a_callee_that_is_busy_leaves_the_call_as_it_is() {
        UacCall call = transferring();
        world.wire.respond(world.wire.last("REFER"), 202, "peer", "");
        notify(call, "SIP/2.0 486 Busy Here", "terminated;reason=noresource");
        assertThat(world.told.changes)
                .containsExactly(new LegEvent.TransferFailed(0, TransferError.TARGET_NOT_REACHED, OptionalInt.of(486)));
        assertThat(world.told.terminals()).isZero();
        assertThat(notify(call, "SIP/2.0 200 OK", "terminated").status()).isEqualTo(481);
        assertThat(world.fromCallee(call, "OPTIONS", cseq++, "").status()).isEqualTo(200);
    }

    @Test
    void s15_a_transfer_that_nobody_answers_fails_at_the_transactions_end_and_one_that_nobody_reports_at_60_s() {
        UacCall unused = transferring();
        world.advance(CallWorld.LIFE);
        assertThat(world.told.changes)
                .containsExactly(
                        new LegEvent.TransferFailed(32_000_000_000L, TransferError.TIMEOUT, OptionalInt.empty()));

        CallWorld silent = new CallWorld();
        silent.dialled().transfer(DESK);
        silent.wire.respond(silent.wire.last("REFER"), 202, "peer", "");
        silent.advance(Duration.ofSeconds(60));
        assertThat(silent.told.changes(LegEvent.TransferFailed.class)).hasSize(1);
        assertThat(silent.told.terminals()).isZero();
    }

    @Test
    void s17_a_challenged_refer_is_sent_again_with_credentials_and_its_notify_may_name_the_second() {
        CallWorld routed = new CallWorld();
        UacCall call = routed.dial();
        routed.wire.deliver(
                routed.wire.last("INVITE"),
                CallWorld.answerFrom("sip:peer@trunk.test", routed.wire.last("INVITE"), CallWorld.PEER_SDP));
        call.transfer(DESK);
        SipRequest first = routed.wire.last("REFER");
        routed.wire.respond(
                first, 407, "peer", "", "Proxy-Authenticate: Digest realm=\"trunk\", nonce=\"n\", qop=\"auth\"");
        SipRequest second = routed.wire.last("REFER");
        assertThat(second.cseq()).isEqualTo(first.cseq() + 1);
        assertThat(VirtualWire.header(second, "Proxy-Authorization")).contains("uri=\"sip:peer@trunk.test\"");
        assertThat(VirtualWire.header(second, "Refer-To")).isEqualTo(VirtualWire.header(first, "Refer-To"));
        routed.fromCallee(
                call,
                "NOTIFY",
                cseq++,
                Optional.of(new SipBody("message/sipfrag", "SIP/2.0 200 OK\r\n")),
                "Event: refer;id=" + second.cseq(),
                "Subscription-State: terminated");
        assertThat(routed.told.ends).containsExactly(LegEnd.TRANSFERRED);
    }

    @Test
    void s15_a_peer_that_hangs_up_after_it_agreed_has_been_transferred() {
        UacCall call = transferring();
        world.wire.respond(world.wire.last("REFER"), 202, "peer", "");
        world.fromCallee(call, "BYE", cseq++, "");
        assertThat(world.told.ends).containsExactly(LegEnd.TRANSFERRED);
        assertThat(world.wire.count("BYE")).isZero();
    }

    @Test
    void s15_without_a_subscription_the_agreement_is_the_success() {
        UacCall unused = transferring();
        world.wire.respond(world.wire.last("REFER"), 200, "peer", "", "Refer-Sub: false");
        transferredAtOnce();
    }

    @Test
    void s15_one_transfer_at_a_time_and_only_while_the_call_is_up() {
        UacCall call = transferring();
        call.transfer(DESK);
        assertThat(world.told.changes)
                .containsExactly(new LegEvent.TransferFailed(0, TransferError.NOT_NOW, OptionalInt.empty()));
        CallWorld ringing = new CallWorld();
        ringing.dial().transfer(DESK);
        assertThat(ringing.told.changes(LegEvent.TransferFailed.class)).hasSize(1);
        assertThat(ringing.wire.count("REFER")).isZero();
    }

    @Test
    void s15_an_attended_transfer_names_the_other_dialog_from_its_far_end() {
        CallWorld other = new CallWorld();
        UacCall consultation = other.dialled();
        String callId = VirtualWire.header(other.wire.last("INVITE"), "Call-ID");
        world.dialled().transferTo(consultation);
        assertThat(VirtualWire.header(world.wire.last("REFER"), "Refer-To"))
                .isEqualTo("<sip:peer@192.0.2.9:5070?Replaces=" + callId + "%3Bto-tag%3Dpeer%3Bfrom-tag%3D"
                        + consultation.localTag() + ">");
    }

    @Test
    void s15_a_consultation_whose_far_end_knows_nothing_of_replaces_is_hung_up_after_the_transfer() {
        CallWorld other = new CallWorld();
        UacCall consultation = other.dialled();
        UacCall call = world.dialled();
        call.transferTo(consultation);
        world.wire.respond(world.wire.last("REFER"), 202, "peer", "");
        assertThat(notify(call, "SIP/2.0 200 OK", "terminated;reason=noresource")
                        .status())
                .isEqualTo(200);
        transferredAtOnce();
        assertThat(other.wire.count("BYE")).isZero();
        world.advance(Duration.ofSeconds(1));
        assertThat(other.wire.count("BYE")).isEqualTo(1);
        assertThat(other.told.ends).containsExactly(LegEnd.TRANSFERRED);
    }

    @Test
    void s15_a_consultation_goes_on_after_a_transfer_that_failed() {
        CallWorld other = new CallWorld();
        UacCall call = world.dialled();
        call.transferTo(other.dialled());
        world.wire.respond(world.wire.last("REFER"), 603, "peer", "");
        world.advance(Duration.ofSeconds(10));
        assertThat(other.told.terminals()).isZero();
    }

    @Test
    void s15_an_unasked_for_refer_is_603_and_a_notify_about_nothing_481_or_489() {
        UacCall call = world.dialled();
        assertThat(world.fromCallee(call, "REFER", cseq++, "", "Refer-To: <sip:+882999@evil.test>")
                        .status())
                .isEqualTo(603);
        assertThat(notify(call, "SIP/2.0 200 OK", "terminated").status()).isEqualTo(481);
        assertThat(world.fromCallee(call, "NOTIFY", cseq++, "", "Event: presence")
                        .status())
                .isEqualTo(489);
        assertThat(world.wire.count("INVITE")).isEqualTo(1);
        assertThat(world.told.terminals()).isZero();
    }

    @Test
    void x08_a_transfer_to_a_satellite_number_is_not_sent() {
        UacCall call = world.dialled();
        call.transfer(PhoneNumber.of("+881612345678"));
        assertThat(world.wire.count("REFER")).isZero();
        assertThat(world.told.changes)
                .containsExactly(
                        new LegEvent.TransferFailed(0, TransferError.DESTINATION_NOT_ALLOWED, OptionalInt.empty()));
    }

    private IncomingRequest replacing(UacCall call, String parameters, String source) {
        String callId = VirtualWire.header(world.wire.last("INVITE"), "Call-ID");
        IncomingRequest plain = world.request(
                "INVITE",
                "other-call",
                1,
                "third",
                "",
                CallWorld.body(CallWorld.sdp(1, "0 101", "sendrecv")),
                "Replaces: " + callId + parameters.replace("OURS", call.localTag()));
        var frame = plain.frame();
        return new IncomingRequest(
                plain.uri(),
                plain.user(),
                new dev.revox.sip.signaling.SipFrame(
                        frame.method(),
                        frame.callId(),
                        frame.cseq(),
                        frame.from(),
                        frame.to(),
                        frame.fromUser(),
                        frame.fromTag(),
                        frame.toTag(),
                        frame.branch(),
                        frame.contact(),
                        frame.recordRoutes(),
                        frame.headers(),
                        frame.body(),
                        new java.net.InetSocketAddress(address(source), 5070)));
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void s15_an_invite_with_replaces_takes_the_dialogs_place_and_the_leg_lives_on() {
        UacCall call = world.dialled();
        VirtualWire.Served invite = world.wire.receive(replacing(call, ";to-tag=OURS;from-tag=peer", "192.0.2.9"));
        assertThat(invite.status()).isEqualTo(200);
        assertThat(CallWorld.sdpOf(invite.last())).contains("m=audio 40000 RTP/AVP 0 101");
        assertThat(world.wire.count("BYE")).isEqualTo(1);
        assertThat(world.told.agreed.getLast().encodingName()).isEqualTo("PCMU");
        assertThat(world.told.changes(LegEvent.ConnectedLine.class)).hasSize(1);
        world.ack(invite);
        world.advance(Duration.ofSeconds(5));
        assertThat(invite.repeats).isZero();
        assertThat(world.fromCallee(call, "BYE", cseq++, "").status()).isEqualTo(481);
        assertThat(world.told.terminals()).isZero();
        String ourTag = invite.last().toTag().orElseThrow();
        VirtualWire.Served bye =
                world.wire.receive(world.request("BYE", "other-call", 2, "third", ourTag, Optional.empty()));
        assertThat(bye.status()).isEqualTo(200);
        assertThat(world.told.ends).containsExactly(LegEnd.REMOTE_HANGUP);
        world.advance(CallWorld.LIFE.plusSeconds(5));
        assertThat(world.wire.openTransactions() + world.switchboard.size() + world.time.pendingCount())
                .isZero();
    }

    @Test
    void s15_an_invite_with_replaces_is_refused_by_the_rules() {
        UacCall call = world.dialled();
        assertThat(List.of(
                        status(call, ";to-tag=OURS;from-tag=wrong"),
                        status(call, ";to-tag=wrong;from-tag=peer"),
                        status(call, ";to-tag=OURS"),
                        status(call, ";to-tag=OURS;from-tag=peer;early-only")))
                .containsExactly(481, 481, 400, 486);
        assertThat(world.wire
                        .receive(replacing(call, ";to-tag=OURS;from-tag=peer", "192.0.2.77"))
                        .status())
                .isEqualTo(403);
        assertThat(world.told.changes).isEmpty();
        call.hangUp(LegEnd.LOCAL_HANGUP);
        assertThat(status(call, ";to-tag=OURS;from-tag=peer")).isEqualTo(603);
    }

    private int status(UacCall call, String parameters) {
        return world.wire.receive(replacing(call, parameters, "192.0.2.9")).status();
    }

    @Test
    void x08_replaces_can_be_switched_off() {
        CallWorld closed = new CallWorld(DialogSettings.DEFAULT.withAcceptReplaces(false));
        UacCall call = closed.dialled();
        String callId = VirtualWire.header(closed.wire.last("INVITE"), "Call-ID");
        IncomingRequest invite = closed.request(
                "INVITE",
                "other-call",
                1,
                "third",
                "",
                CallWorld.body(CallWorld.PEER_SDP),
                "Replaces: " + callId + ";to-tag=" + call.localTag() + ";from-tag=peer");
        assertThat(closed.wire.receive(invite).status()).isEqualTo(403);
    }
}
