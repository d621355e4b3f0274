package dev.revox.sip.signaling.session;

import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.sip.sdp.AudioNegotiation;
import dev.revox.sip.sdp.NegotiatedMedia;
import dev.revox.sip.sdp.NoCommonMediaException;
import dev.revox.sip.sdp.SdpException;
import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipBody;
import dev.revox.sip.signaling.SipFrame;
import dev.revox.sip.signaling.SipHeader;
import dev.revox.sip.signaling.SipReply;
import dev.revox.sip.signaling.dialog.Dialog;
import dev.revox.sip.signaling.dialog.OkRepeater;
import dev.revox.sip.signaling.header.OptionTags;
import java.util.Optional;

/**
 * INVITE and UPDATE within a dialog that is up, from both sides.
 *
 * <p>One INVITE at a time, whoever sent it: what comes in between gets 491 (RFC 3261 §14.2), what we want meanwhile waits. Our
 * own requests are {@link OwnRequest}s.
 *
 * <p><b>Thread:</b> Confined to the leg's mailbox. <b>Spec:</b> RFC 3261 §14, RFC 3264, RFC 3311, RFC 5407 §3.
 */
public final class Renegotiation {

    /** The call that it is part of. <b>Thread:</b> the leg's mailbox. */
    public interface Host {

        void hangUp(LegEnd cause, Optional<String> reason);
    }

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.signaling.session");

    private final CallContext context;
    private final Dialog dialog;
    private final SessionTerms terms;
    private final Host host;
    private final SessionTimer timer;
    private final OwnRequest own;
    private Optional<OkRepeater> ok = Optional.empty();
    private String okBranch = "";
    private boolean ourOfferInOk;
    private boolean heldByPeer;
    private boolean digitsAgreed;

    public Renegotiation(CallContext context, Dialog dialog, SessionTerms terms, Host host) {
        this.context = context;
        this.dialog = dialog;
        this.terms = terms;
        this.host = host;
        this.timer = new SessionTimer(context, this::refresh, this::expired);
        this.own = new OwnRequest(context, dialog, terms, new OwnRequest.Owner() {
            @Override
            public boolean busy() {
                return ok.map(OkRepeater::pending).orElse(false);
            }

            @Override
            public void refreshed() {
                timer.restart(terms.agreed());
            }

            @Override
            public void notRefreshed() {
                terms.agreed().ifPresent(a -> timer.tryAgain(a.interval()));
            }

            @Override
            public void agreed(NegotiatedMedia media) {
                apply(media);
            }

            @Override
            public void heldChanged() {
                tellHold();
            }

            @Override
            public void lost(LegEnd cause, String reason) {
                host.hangUp(cause, Optional.of(reason));
            }
        });
    }

    /**
     * The dialog is confirmed; the session's timers begin.
     *
     * @param peer the message that told what the other side can do
     */
    public void begin(SipFrame peer) {
        own.peerTakesUpdate(OptionTags.allows(peer, "UPDATE"));
        timer.restart(terms.agreed());
    }

    /** The media that the observer has been told already. */
    public void began(NegotiatedMedia media) {
        digitsAgreed = media.receiveTelephoneEventPayloadType().isPresent();
        tellHeld(media);
    }

    public void stop() {
        timer.stop();
        own.stop();
        ok.ifPresent(OkRepeater::stop);
    }

    /** Whether an INVITE of ours has had a 2xx, which may come again, or may still get one. */
    public boolean mayOweAcks() {
        return own.mayOweAcks();
    }

    /** True when named events were agreed for digits from the other side. */
    public boolean digitsAgreed() {
        return digitsAgreed;
    }

    /** Puts the other side on hold, or ends that. */
    public void hold(boolean wanted) {
        own.hold(wanted);
    }

    private void refresh() {
        own.refresh();
    }

    private void expired() {
        host.hangUp(LegEnd.SESSION_EXPIRED, Optional.of("no session refresh"));
    }

    /** A response that no transaction waits for; true when it is a repeated 2xx to an INVITE of ours here. */
    public boolean onStray(IncomingResponse response) {
        return own.repeatAck(response);
    }

    /** True for an INVITE or CANCEL that belongs to the INVITE we answered last. */
    public boolean answeredLast(SipFrame frame) {
        return frame.branch().equals(okBranch);
    }

    /** The INVITE came again after its transaction was gone. */
    public void repeatOk(ServerTransaction again) {
        ok.ifPresent(repeater -> repeater.repeatIn(again));
    }

    public void onInvite(SipFrame invite, ServerTransaction transaction) {
        if (ok.map(OkRepeater::pending).orElse(false) || own.inviteOpen() || own.offerOpen()) {
            transaction.reply(context.later(491));
            return;
        }
        Optional<SipReply> tooBrief = terms.objection(invite);
        if (tooBrief.isPresent()) {
            transaction.reply(tooBrief.get());
            return;
        }
        if (invite.sdp().isEmpty()) {
            ourOfferInOk = true;
            dialog.refreshTarget(invite);
            sendOk(invite, transaction, Optional.of(context.audio().offer()));
            return;
        }
        Optional<AudioNegotiation.Answer> answer = answer(invite, transaction);
        if (answer.isPresent()) {
            dialog.refreshTarget(invite);
            sendOk(invite, transaction, answer.map(AudioNegotiation.Answer::sdp));
            apply(answer.get().media());
        }
    }

    public void onUpdate(SipFrame update, ServerTransaction transaction) {
        boolean offer = update.sdp().isPresent();
        if (offer && (ourOfferIsOpen() || own.offerOpen())) {
            transaction.reply(context.later(491));
            return;
        }
        Optional<SipReply> tooBrief = terms.objection(update);
        if (tooBrief.isPresent()) {
            transaction.reply(tooBrief.get());
            return;
        }
        Optional<AudioNegotiation.Answer> answer = offer ? answer(update, transaction) : Optional.empty();
        if (offer && answer.isEmpty()) {
            return;
        }
        dialog.refreshTarget(update);
        SipReply reply = granting(update);
        transaction.reply(answer.map(a -> reply.carrying(SipBody.sdp(a.sdp()))).orElse(reply));
        timer.restart(terms.agreed());
        answer.ifPresent(a -> apply(a.media()));
    }

    private boolean ourOfferIsOpen() {
        return ourOfferInOk && ok.map(OkRepeater::pending).orElse(false);
    }

    private SipReply granting(SipFrame request) {
        SipReply reply = context.contactable(SipReply.of(200));
        for (SipHeader header : terms.granted(request)) {
            reply = reply.with(header.name(), header.value());
        }
        return reply;
    }

    /** Answers an offer, or refuses it with 488 and goes on as before. */
    private Optional<AudioNegotiation.Answer> answer(SipFrame frame, ServerTransaction transaction) {
        try {
            return Optional.of(context.audio().answer(frame.sdp().orElse("")));
        } catch (SdpException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "an offer within a call was refused: " + e.getMessage());
            transaction.reply(notAcceptable(e, context));
            return Optional.empty();
        }
    }

    /** 488, and in Warning why (RFC 3261 §20.43). */
    public static SipReply notAcceptable(SdpException cause, CallContext context) {
        String warning = cause instanceof NoCommonMediaException none
                ? none.warning(context.local().sentBy())
                : "399 " + context.local().sentBy() + " \"Session description not understood\"";
        return SipReply.of(488).with("Warning", warning);
    }

    private void sendOk(SipFrame invite, ServerTransaction transaction, Optional<String> sdp) {
        SipReply reply = granting(invite);
        timer.restart(terms.agreed());
        confirmWith(
                invite,
                transaction,
                sdp.map(s -> reply.carrying(SipBody.sdp(s))).orElse(reply));
    }

    /** Sends a 200 to an INVITE until its ACK comes; for the INVITE that began this dialog, too. */
    public void confirmWith(SipFrame invite, ServerTransaction transaction, SipReply reply) {
        okBranch = invite.branch();
        ok = Optional.of(OkRepeater.start(
                context.time(),
                context.mailbox(),
                context.timers(),
                transaction,
                reply,
                invite.cseq(),
                () -> host.hangUp(LegEnd.INTERNAL_ERROR, Optional.of("no ACK to our 200"))));
    }

    /** Our next 200 holds an offer that its ACK must answer. */
    public void expectAnswer() {
        ourOfferInOk = true;
    }

    public void onAck(IncomingRequest ack) {
        boolean first = ok.map(o -> o.acknowledgedBy(ack.frame().cseq())).orElse(false);
        if (!first) {
            return;
        }
        if (ourOfferInOk) {
            ourOfferInOk = false;
            try {
                apply(context.audio().accept(ack.frame().sdp().orElse("")));
            } catch (SdpException e) {
                host.hangUp(LegEnd.INTERNAL_ERROR, Optional.of("no usable answer to our offer"));
                return;
            }
        }
        own.next();
    }

    /** New media of this dialog. */
    public void apply(NegotiatedMedia media) {
        digitsAgreed = media.receiveTelephoneEventPayloadType().isPresent();
        context.observer().mediaAgreed(media);
        tellHeld(media);
    }

    private void tellHeld(NegotiatedMedia media) {
        if (heldByPeer == media.sending()) {
            heldByPeer = !media.sending();
            tellHold();
        }
    }

    private void tellHold() {
        context.changed(at -> new LegEvent.HoldChanged(at, own.held(), heldByPeer));
    }
}
