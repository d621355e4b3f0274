package dev.revox.sip.signaling.live;

import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.phone.PhoneNumber;
import dev.revox.sip.sdp.AudioNegotiation;
import dev.revox.sip.sdp.NegotiatedMedia;
import dev.revox.sip.sdp.SdpException;
import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipBody;
import dev.revox.sip.signaling.SipFrame;
import dev.revox.sip.signaling.SipHeader;
import dev.revox.sip.signaling.SipReply;
import dev.revox.sip.signaling.dialog.Dialog;
import dev.revox.sip.signaling.dialog.DialogSettings.Digits;
import dev.revox.sip.signaling.dialog.Exchange;
import dev.revox.sip.signaling.header.CallerHeaders;
import dev.revox.sip.signaling.header.InfoDigit;
import dev.revox.sip.signaling.header.Reasons;
import dev.revox.sip.signaling.header.ReferNotice;
import dev.revox.sip.signaling.header.Replaces;
import dev.revox.sip.signaling.session.CallContext;
import dev.revox.sip.signaling.session.DigitQueue;
import dev.revox.sip.signaling.session.Referral;
import dev.revox.sip.signaling.session.Renegotiation;
import dev.revox.sip.signaling.session.SessionTerms;
import dev.revox.sip.signaling.switchboard.CallParty;
import dev.revox.sip.signaling.switchboard.Objections;
import dev.revox.sip.signaling.switchboard.Switchboard;
import dev.revox.time.Alarm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A call that is up: requests of the other side within the dialog, and the BYE of either.
 *
 * <p>Its dialog may be replaced by another while the leg and its media stay (RFC 3891); everything that belongs to one dialog
 * only is in {@link Renegotiation}, {@link DigitQueue} and {@link Referral}, which go with it.
 *
 * <p><b>Thread:</b> Confined to the leg's mailbox.
 */
public final class ConfirmedCall implements Renegotiation.Host {

    private static final Set<String> UNKNOWN_HERE = Set.of("CANCEL", "PRACK");

    private final CallContext context;
    private final Switchboard switchboard;
    private final CallParty party;
    private final SessionTerms terms;
    private final Runnable over;
    private Dialog dialog;
    private Renegotiation renegotiation;
    private DigitQueue digits;
    private Optional<Referral> referral = Optional.empty();
    private Runnable transferred = () -> {};
    private Optional<PhoneNumber> connected = Optional.empty();
    private final List<String> takenOver = new ArrayList<>();
    private boolean live;

    /**
     * Begins.
     *
     * @param over runs once, after the observer was told the end
     */
    public ConfirmedCall(
            CallContext context,
            Switchboard switchboard,
            CallParty party,
            Dialog dialog,
            SessionTerms terms,
            Runnable over) {
        this.context = context;
        this.switchboard = switchboard;
        this.party = party;
        this.dialog = dialog;
        this.terms = terms;
        this.over = over;
        this.renegotiation = new Renegotiation(context, dialog, terms, this);
        this.digits = new DigitQueue(context, dialog);
    }

    /**
     * The dialog is confirmed and the observer has been told.
     *
     * @param peer the message that told what the other side can do
     */
    public void begin(SipFrame peer, NegotiatedMedia media) {
        live = true;
        renegotiation.begin(peer);
        renegotiation.began(media);
    }

    public boolean live() {
        return live;
    }

    public void hold(boolean wanted) {
        renegotiation.hold(wanted);
    }

    public void sendDigits(String wished) {
        digits.send(wished);
    }

    /**
     * Asks the other side to call somebody else; false while another transfer is under way.
     *
     * @param then runs once it has, after the end of this call
     */
    public boolean refer(String referTo, Runnable then) {
        if (referral.map(Referral::pending).orElse(false)) {
            return false;
        }
        transferred = then;
        referral = Optional.of(Referral.start(context, dialog, referTo, () -> {
            hangUp(LegEnd.TRANSFERRED, Optional.of("transferred"));
            transferred.run();
        }));
        return true;
    }

    /** Where this dialog's far end is, and how it is told that the new call takes this one's place (RFC 5589 §7.1). */
    public String takeoverUri() {
        String plain = dialog.target().replaceFirst("\\?.*", "");
        return plain + "?" + new Replaces(dialog.callId(), dialog.remoteTag(), dialog.localTag(), false).escaped();
    }

    /** Sends BYE and ends at once: whether the other side answers it changes nothing. */
    @Override
    public void hangUp(LegEnd cause, Optional<String> reason) {
        if (live) {
            bye(dialog, cause);
            end(cause, reason);
        }
    }

    private void bye(Dialog leaving, LegEnd cause) {
        Exchange.forget(context.means(), leaving, "BYE", List.of(new SipHeader("Reason", Reasons.forBye(cause))));
    }

    private void end(LegEnd cause, Optional<String> reason) {
        live = false;
        renegotiation.stop();
        digits.stop();
        referral.ifPresent(Referral::finish);
        context.observer().ended(cause, reason);
        if (!takenOver.isEmpty()) {
            Alarm unused = context.time()
                    .schedule(context.timers().transactionLife(), () -> takenOver.forEach(switchboard::leave));
        }
        over.run();
    }

    /** Whether 2xx to INVITEs of ours may come again, or other Call-IDs lead here. */
    public boolean mayOweAcks() {
        return renegotiation.mayOweAcks() || !takenOver.isEmpty();
    }

    public void onRequest(IncomingRequest request, ServerTransaction transaction) {
        SipFrame frame = request.frame();
        boolean bye = frame.method().equals("BYE");
        if (!frame.fromTag().equals(dialog.remoteTag())
                || !frame.toTag().equals(dialog.localTag())
                || (!live && !bye)) {
            transaction.reply(SipReply.of(481));
            return;
        }
        if (renegotiation.answeredLast(frame) && !bye) {
            if (frame.method().equals("CANCEL")) {
                transaction.reply(SipReply.of(200));
            } else {
                renegotiation.repeatOk(transaction);
            }
            return;
        }
        if (UNKNOWN_HERE.contains(frame.method())) {
            transaction.reply(SipReply.of(481));
            return;
        }
        if (!dialog.inOrder(frame.cseq())) {
            transaction.reply(context.later(500));
            return;
        }
        Optional<SipReply> objection = Objections.to(request);
        if (objection.isPresent()) {
            transaction.reply(objection.get());
            return;
        }
        dispatch(frame, transaction);
    }

    private void dispatch(SipFrame frame, ServerTransaction transaction) {
        switch (frame.method()) {
            case "BYE" -> {
                transaction.reply(SipReply.of(200));
                if (live) {
                    leftByPeer(frame);
                }
            }
            case "INVITE" -> {
                renegotiation.onInvite(frame, transaction);
                tellConnected(frame);
            }
            case "UPDATE" -> {
                renegotiation.onUpdate(frame, transaction);
                tellConnected(frame);
            }
            case "INFO" -> onInfo(frame, transaction);
            case "NOTIFY" -> onNotify(frame, transaction);
            // An unasked-for transfer would let the other side choose whom we call.
            case "REFER" -> transaction.reply(SipReply.of(603));
            default -> transaction.reply(Objections.outOfPlace(frame));
        }
    }

    private void leftByPeer(SipFrame bye) {
        if (referral.map(Referral::underWay).orElse(false)) {
            context.changed(LegEvent.Transferred::new);
            end(LegEnd.TRANSFERRED, Optional.of("the other side left for the new callee"));
            transferred.run();
        } else {
            end(LegEnd.REMOTE_HANGUP, Reasons.of(bye));
        }
    }

    private void tellConnected(SipFrame frame) {
        Optional<PhoneNumber> asserted = CallerHeaders.asserted(frame);
        if (live && asserted.isPresent() && !asserted.equals(connected)) {
            connected = asserted;
            context.changed(at -> new LegEvent.ConnectedLine(at, asserted));
        }
    }

    private void onInfo(SipFrame frame, ServerTransaction transaction) {
        Optional<SipBody> body = frame.body();
        if (body.isPresent() && !InfoDigit.isDigit(body.get())) {
            transaction.reply(SipReply.of(415).with("Accept", InfoDigit.RELAY + ", " + InfoDigit.PLAIN));
            return;
        }
        Optional<InfoDigit> digit = body.flatMap(InfoDigit::parse);
        if (body.isPresent() && digit.isEmpty()) {
            transaction.reply(SipReply.of(400));
            return;
        }
        transaction.reply(SipReply.of(200));
        // A gateway that was granted named events sends both; one press is one digit.
        boolean wanted = context.settings().digits() != Digits.NAMED_EVENTS || !renegotiation.digitsAgreed();
        if (wanted) {
            digit.ifPresent(d -> context.changed(at -> new LegEvent.DtmfReceived(at, d.digit(), d.durationMs())));
        }
    }

    private void onNotify(SipFrame frame, ServerTransaction transaction) {
        if (ReferNotice.of(frame).isEmpty()) {
            transaction.reply(SipReply.of(489).with("Allow-Events", "refer"));
        } else if (referral.isEmpty() || !referral.get().pending()) {
            transaction.reply(SipReply.of(481));
        } else {
            // First the answer: the news may end the call.
            transaction.reply(SipReply.of(200));
            boolean unused = referral.get().onNotify(frame);
        }
    }

    public void onAck(IncomingRequest ack) {
        if (live) {
            renegotiation.onAck(ack);
        }
    }

    public void onStray(IncomingResponse response) {
        boolean unused = renegotiation.onStray(response);
    }

    /** Somebody else takes the other side's place, by the rules of RFC 3891 §3. */
    public void replacedBy(IncomingRequest invite, ServerTransaction transaction) {
        Dialog next = Dialog.incoming(context.local(), context.tokens(), invite);
        Optional<SipReply> refusal = ReplacementRules.refusal(context, invite.frame(), dialog, live);
        if (refusal.isPresent()) {
            transaction.reply(refusal.get().tagged(next.localTag()));
            return;
        }
        Optional<AudioNegotiation.Answer> answer;
        try {
            Optional<String> offer = invite.frame().sdp();
            answer = offer.isPresent() ? Optional.of(context.audio().answer(offer.get())) : Optional.empty();
        } catch (SdpException e) {
            transaction.reply(Renegotiation.notAcceptable(e, context).tagged(next.localTag()));
            return;
        }
        Dialog left = dialog;
        renegotiation.stop();
        digits.stop();
        referral.ifPresent(Referral::finish);
        dialog = next;
        renegotiation = new Renegotiation(context, next, terms, this);
        digits = new DigitQueue(context, next);
        takenOver.add(next.callId());
        switchboard.enter(next.callId(), new Takeover(party, next.localTag(), invite));
        bye(left, LegEnd.TRANSFERRED);
        welcome(invite.frame(), transaction, answer);
    }

    private void welcome(SipFrame invite, ServerTransaction transaction, Optional<AudioNegotiation.Answer> answer) {
        SipReply reply = context.contactable(SipReply.of(200)).tagged(dialog.localTag());
        for (SipHeader header : terms.granted(invite)) {
            reply = reply.with(header.name(), header.value());
        }
        if (answer.isEmpty()) {
            renegotiation.expectAnswer();
        }
        String sdp = answer.map(AudioNegotiation.Answer::sdp)
                .orElseGet(() -> context.audio().offer());
        renegotiation.confirmWith(invite, transaction, reply.carrying(SipBody.sdp(sdp)));
        renegotiation.begin(invite);
        answer.ifPresent(a -> renegotiation.apply(a.media()));
        connected = CallerHeaders.asserted(invite);
        context.changed(at -> new LegEvent.ConnectedLine(at, connected));
    }
}
