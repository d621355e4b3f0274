package dev.revox.sip.signaling.call;

import dev.revox.line.LegEnd;
import dev.revox.line.SipFailure;
import dev.revox.sip.failure.DialVerdict;
import dev.revox.sip.failure.LocalFailure;
import dev.revox.sip.sdp.NegotiatedMedia;
import dev.revox.sip.sdp.SdpException;
import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipBody;
import dev.revox.sip.signaling.SipFrame;
import dev.revox.sip.signaling.SipHeader;
import dev.revox.sip.signaling.SipReply;
import dev.revox.sip.signaling.dialog.Dialog;
import dev.revox.sip.signaling.dialog.Exchange;
import dev.revox.sip.signaling.dialog.OkRepeater;
import dev.revox.sip.signaling.early.Doorbell;
import dev.revox.sip.signaling.header.Reasons;
import dev.revox.sip.signaling.live.ConfirmedCall;
import dev.revox.sip.signaling.live.LiveCall;
import dev.revox.sip.signaling.session.CallContext;
import dev.revox.sip.signaling.session.Renegotiation;
import dev.revox.sip.signaling.switchboard.EndedCall;
import dev.revox.sip.signaling.switchboard.Switchboard;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A call that comes in, from the INVITE to its end.
 *
 * <p>RINGING until we answer, refuse, or the caller gives up; ANSWERED from our 200 to its ACK; then UP. What is said of media
 * before the 200 is {@link Doorbell}'s.
 *
 * <p><b>Thread:</b> public methods post; all else is confined to the leg's mailbox. <b>Spec:</b> RFC 3261 §9.2, §13.3, RFC 3262
 * §3.
 */
public final class UasCall extends LiveCall {

    private enum State {
        RINGING,
        ANSWERED,
        UP,
        OVER
    }

    private final IncomingRequest invite;
    private final ServerTransaction transaction;
    private final Dialog dialog;
    private final Doorbell doorbell;
    private State state = State.RINGING;
    private Optional<OkRepeater> ok = Optional.empty();
    private Optional<NegotiatedMedia> media = Optional.empty();
    private boolean answerWanted;
    private boolean leaving;

    private UasCall(
            CallContext context,
            Switchboard switchboard,
            Dialog dialog,
            IncomingRequest invite,
            ServerTransaction transaction) {
        super(context, switchboard);
        this.dialog = dialog;
        this.invite = invite;
        this.transaction = transaction;
        this.doorbell = new Doorbell(context, dialog, invite.frame(), transaction, this::neverAcknowledged);
    }

    /** Takes the INVITE into the switchboard; nothing is sent yet. */
    public static UasCall enter(
            CallContext context,
            Switchboard switchboard,
            Dialog dialog,
            IncomingRequest invite,
            ServerTransaction transaction) {
        UasCall call = new UasCall(context, switchboard, dialog, invite, transaction);
        switchboard.enter(dialog.callId(), call);
        return call;
    }

    /**
     * Refuses at once an offer that nobody could answer and a session that is too brief, before anybody is asked. In the
     * mailbox only.
     *
     * @return false when the call is over
     */
    public boolean acceptable() {
        Optional<SipReply> tooBrief = terms.objection(invite.frame());
        if (tooBrief.isPresent()) {
            transaction.reply(tooBrief.get().tagged(dialog.localTag()));
            fail(LocalFailure.CALLER_GAVE_UP, OptionalInt.of(422));
            return false;
        }
        Optional<String> offer = invite.frame().sdp();
        if (offer.isPresent()) {
            try {
                context.audio().check(offer.get());
            } catch (SdpException e) {
                noCommonMedia(e);
                return false;
            }
        }
        return true;
    }

    private void noCommonMedia(SdpException why) {
        transaction.reply(Renegotiation.notAcceptable(why, context).tagged(dialog.localTag()));
        fail(LocalFailure.NO_COMMON_CODEC, OptionalInt.of(488));
    }

    /** Says 180 to the caller. */
    public void ring() {
        context.mailbox().execute(() -> {
            if (state == State.RINGING) {
                doorbell.ring();
            }
        });
    }

    // RFC 3262 §3: a caller that wanted reliability and does not acknowledge is refused with a 5xx.
    private void neverAcknowledged() {
        if (state == State.RINGING) {
            transaction.reply(SipReply.of(504).tagged(dialog.localTag()));
            fail(LocalFailure.NO_RESPONSE, OptionalInt.of(504));
        }
    }

    /** Refuses a call that has not been answered, without telling the observer: nobody has taken it yet. */
    public void refuse(SipReply reply) {
        context.mailbox().execute(() -> {
            if (state == State.RINGING) {
                transaction.reply(reply.tagged(dialog.localTag()));
                over();
            }
        });
    }

    /** Sends the 200 with our answer, or with our offer when the INVITE had none. */
    @Override
    public void answer() {
        context.mailbox().execute(() -> {
            if (state == State.RINGING && doorbell.offerUnanswered()) {
                answerWanted = true;
            } else if (state == State.RINGING) {
                accept();
            }
        });
    }

    private void accept() {
        SipReply reply = context.contactable(SipReply.of(200)).tagged(dialog.localTag());
        try {
            Optional<SipBody> body = doorbell.finalDescription();
            media = doorbell.media();
            if (body.isPresent()) {
                reply = reply.carrying(body.get());
            }
        } catch (SdpException e) {
            noCommonMedia(e);
            return;
        }
        for (SipHeader header : terms.granted(invite.frame())) {
            reply = reply.with(header.name(), header.value());
        }
        state = State.ANSWERED;
        ok = Optional.of(OkRepeater.start(
                context.time(),
                context.mailbox(),
                context.timers(),
                transaction,
                reply,
                invite.frame().cseq(),
                this::okNeverAcknowledged));
        media.ifPresent(context.observer()::mediaAgreed);
    }

    private void okNeverAcknowledged() {
        byeUnconfirmed();
        fail(LocalFailure.NO_RESPONSE, OptionalInt.of(200));
    }

    private void byeUnconfirmed() {
        Exchange.forget(context.means(), dialog, "BYE", List.of());
    }

    /** Refuses, or hangs up. */
    @Override
    public void hangUp(LegEnd cause) {
        context.mailbox().execute(() -> {
            switch (state) {
                case RINGING -> {
                    transaction.reply(SipReply.of(603).tagged(dialog.localTag()));
                    fail(LocalFailure.CANCELLED, OptionalInt.of(603));
                }
                // RFC 3261 §15: the called side waits for the ACK before it says BYE.
                case ANSWERED -> leaving = true;
                case UP -> confirmed().orElseThrow().hangUp(cause, Optional.empty());
                case OVER -> {}
            }
        });
    }

    @Override
    public void abandon() {
        hangUp(LegEnd.INTERNAL_ERROR);
        context.mailbox().execute(() -> {
            if (state == State.ANSWERED) {
                byeUnconfirmed();
                fail(LocalFailure.CANCELLED, OptionalInt.of(200));
            }
        });
    }

    private void fail(LocalFailure why, OptionalInt status) {
        fail(
                why,
                new SipFailure(
                        status,
                        OptionalInt.empty(),
                        Optional.of(why.phrase()),
                        context.trunk().name()));
    }

    private void fail(LocalFailure why, SipFailure raw) {
        context.observer().failed(DialVerdict.of(why), raw);
        over();
    }

    @Override
    protected void over() {
        state = State.OVER;
        doorbell.stop();
        ok.ifPresent(OkRepeater::stop);
        if (!confirmed().map(ConfirmedCall::mayOweAcks).orElse(false)) {
            SipFrame first = invite.frame();
            switchboard.enter(
                    dialog.callId(),
                    new EndedCall(
                            localTag(),
                            first.fromTag(),
                            first.cseq(),
                            first.branch(),
                            confirmed().isPresent() ? Optional.empty() : Optional.of(lastWord()),
                            context.tokens()));
        }
        switchboard.leaveLater(dialog.callId());
    }

    private SipReply lastWord() {
        return ok.map(OkRepeater::ok).orElseGet(() -> SipReply.of(487).tagged(localTag()));
    }

    @Override
    public String localTag() {
        return dialog.localTag();
    }

    @Override
    public boolean begunBy(IncomingRequest request) {
        SipFrame first = invite.frame();
        return request.frame().fromTag().equals(first.fromTag())
                && request.frame().cseq() == first.cseq();
    }

    @Override
    public String inviteBranch() {
        return invite.frame().branch();
    }

    @Override
    public void onRequest(IncomingRequest request, ServerTransaction requestTransaction) {
        context.mailbox().execute(() -> {
            SipFrame frame = request.frame();
            String method = frame.method();
            boolean ofFirst = frame.branch().equals(inviteBranch());
            if (method.equals("CANCEL") && ofFirst) {
                onCancel(frame, requestTransaction);
            } else if (method.equals("INVITE") && ofFirst) {
                repeated(requestTransaction);
            } else if (confirmed().isPresent()) {
                confirmed().get().onRequest(request, requestTransaction);
            } else if (state == State.OVER) {
                requestTransaction.reply(SipReply.of(method.equals("BYE") ? 200 : 481));
            } else if (method.equals("BYE")) {
                onEarlyBye(frame, requestTransaction);
            } else if (method.equals("PRACK")) {
                onPrack(request, requestTransaction);
            } else if (method.equals("UPDATE") && state == State.RINGING) {
                doorbell.onUpdate(request, requestTransaction);
            } else {
                // An offer may not cross an answer that is not acknowledged; other requests may come again.
                boolean crosses = method.equals("INVITE") && state == State.ANSWERED;
                requestTransaction.reply(context.later(crosses ? 491 : 500));
            }
        });
    }

    /** The INVITE came again after its transaction was gone: what was said then is said again. */
    private void repeated(ServerTransaction again) {
        if (ok.isPresent()) {
            ok.get().repeatIn(again);
        } else if (state == State.OVER) {
            again.reply(SipReply.of(487).tagged(dialog.localTag()));
        }
    }

    private void onPrack(IncomingRequest prack, ServerTransaction prackTransaction) {
        try {
            doorbell.onPrack(prack, prackTransaction);
        } catch (SdpException e) {
            noCommonMedia(e);
            return;
        }
        if (answerWanted && state == State.RINGING && !doorbell.offerUnanswered()) {
            answerWanted = false;
            accept();
        }
    }

    private void onCancel(SipFrame cancel, ServerTransaction cancelTransaction) {
        cancelTransaction.reply(SipReply.of(200).tagged(dialog.localTag()));
        if (state == State.RINGING) {
            transaction.reply(SipReply.of(487).tagged(dialog.localTag()));
            gaveUp(cancel);
        }
    }

    private void onEarlyBye(SipFrame bye, ServerTransaction byeTransaction) {
        byeTransaction.reply(SipReply.of(200));
        if (state == State.RINGING) {
            transaction.reply(SipReply.of(487).tagged(dialog.localTag()));
        }
        gaveUp(bye);
    }

    private void gaveUp(SipFrame goodbye) {
        String said = Reasons.of(goodbye).map(reason -> ": " + reason).orElse("");
        fail(
                LocalFailure.CALLER_GAVE_UP,
                new SipFailure(
                        OptionalInt.of(487),
                        Reasons.q850(goodbye),
                        Optional.of(LocalFailure.CALLER_GAVE_UP.phrase() + said),
                        context.trunk().name()));
    }

    @Override
    public void onAck(IncomingRequest ack) {
        context.mailbox().execute(() -> {
            boolean first = ok.map(o -> o.acknowledgedBy(ack.frame().cseq())).orElse(false);
            if (first && state == State.ANSWERED) {
                acknowledged(ack.frame().sdp());
            } else {
                confirmed().ifPresent(call -> call.onAck(ack));
            }
        });
    }

    private void acknowledged(Optional<String> answer) {
        if (leaving) {
            byeUnconfirmed();
            fail(LocalFailure.CANCELLED, OptionalInt.of(200));
            return;
        }
        try {
            if (media.isEmpty()) {
                media = Optional.of(context.audio().accept(answer.orElse("")));
                context.observer().mediaAgreed(media.get());
            }
            state = State.UP;
            ConfirmedCall call = confirm(dialog);
            context.observer().answered(media.get());
            call.begin(invite.frame(), media.get());
        } catch (SdpException e) {
            byeUnconfirmed();
            fail(LocalFailure.NO_COMMON_CODEC, OptionalInt.of(200));
        }
    }
}
