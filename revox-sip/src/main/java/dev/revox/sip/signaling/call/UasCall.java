package dev.revox.sip.signaling.call;

import dev.revox.line.LegEnd;
import dev.revox.line.SipFailure;
import dev.revox.sip.failure.DialVerdict;
import dev.revox.sip.failure.LocalFailure;
import dev.revox.sip.sdp.AudioNegotiation;
import dev.revox.sip.sdp.NegotiatedMedia;
import dev.revox.sip.sdp.SdpException;
import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipBody;
import dev.revox.sip.signaling.SipFrame;
import dev.revox.sip.signaling.SipReply;
import dev.revox.sip.signaling.dialog.Dialog;
import dev.revox.sip.signaling.dialog.Exchange;
import dev.revox.sip.signaling.dialog.LocalParty;
import dev.revox.sip.signaling.dialog.OkRepeater;
import dev.revox.time.Alarm;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A call that comes in, from the INVITE to its end.
 *
 * <p>RINGING until we answer, refuse, or the caller gives up; ANSWERED from our 200 to its ACK; then UP.
 *
 * <p><b>Thread:</b> public methods post; all else is confined to the leg's mailbox. <b>Spec:</b> RFC 3261 §9.2, §13.3.
 */
public final class UasCall implements CallParty {

    private enum State {
        RINGING,
        ANSWERED,
        UP,
        OVER
    }

    private final CallContext context;
    private final IncomingRequest invite;
    private final ServerTransaction transaction;
    private final Dialog dialog;
    private final ConfirmedCall confirmed;
    private State state = State.RINGING;
    private Optional<OkRepeater> ok = Optional.empty();
    private Optional<NegotiatedMedia> media = Optional.empty();
    private boolean leaving;

    private UasCall(CallContext context, Dialog dialog, IncomingRequest invite, ServerTransaction transaction) {
        this.context = context;
        this.dialog = dialog;
        this.invite = invite;
        this.transaction = transaction;
        this.confirmed = new ConfirmedCall(context, dialog, this::over);
    }

    /** Takes the INVITE into the switchboard; nothing is sent yet. */
    public static UasCall enter(
            CallContext context, Dialog dialog, IncomingRequest invite, ServerTransaction transaction) {
        UasCall call = new UasCall(context, dialog, invite, transaction);
        context.switchboard().enter(dialog.callId(), call);
        return call;
    }

    /**
     * Refuses at once an offer that nobody could answer, before anybody is asked. In the mailbox only.
     *
     * @return false when the call is over
     */
    public boolean acceptable() {
        Optional<String> offer = invite.frame().sdp();
        if (offer.isPresent()) {
            try {
                context.audio().check(offer.get());
            } catch (SdpException e) {
                transaction.reply(ConfirmedCall.notAcceptable(e, context).tagged(dialog.localTag()));
                fail(LocalFailure.NO_COMMON_CODEC, OptionalInt.of(488));
                return false;
            }
        }
        return true;
    }

    /** Says 180 to the caller. */
    public void ring() {
        context.mailbox().execute(() -> {
            if (state == State.RINGING) {
                transaction.reply(contactable(SipReply.of(180)));
            }
        });
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
    public void answer() {
        context.mailbox().execute(() -> {
            if (state != State.RINGING) {
                return;
            }
            try {
                accept(invite.frame().sdp());
            } catch (SdpException e) {
                transaction.reply(ConfirmedCall.notAcceptable(e, context).tagged(dialog.localTag()));
                fail(LocalFailure.NO_COMMON_CODEC, OptionalInt.of(488));
            }
        });
    }

    private void accept(Optional<String> offer) throws SdpException {
        String sdp;
        if (offer.isPresent()) {
            AudioNegotiation.Answer answer = context.audio().answer(offer.get());
            media = Optional.of(answer.media());
            sdp = answer.sdp();
        } else {
            sdp = context.audio().offer();
        }
        state = State.ANSWERED;
        ok = Optional.of(OkRepeater.start(
                context.time(),
                context.mailbox(),
                context.timers(),
                transaction,
                contactable(SipReply.of(200)).carrying(SipBody.sdp(sdp)),
                invite.frame().cseq(),
                this::neverAcknowledged));
        media.ifPresent(context.observer()::mediaAgreed);
    }

    private void neverAcknowledged() {
        byeUnconfirmed();
        fail(LocalFailure.NO_RESPONSE, OptionalInt.of(200));
    }

    private void byeUnconfirmed() {
        Exchange.start(context.means(), dialog, "BYE", Optional.empty(), Exchange.Handler.indifferent());
    }

    /** Refuses, or hangs up. */
    public void hangUp(LegEnd cause) {
        context.mailbox().execute(() -> {
            switch (state) {
                case RINGING -> {
                    transaction.reply(SipReply.of(603).tagged(dialog.localTag()));
                    fail(LocalFailure.CANCELLED, OptionalInt.of(603));
                }
                // RFC 3261 §15: the called side waits for the ACK before it says BYE.
                case ANSWERED -> leaving = true;
                case UP -> confirmed.hangUp(cause, Optional.empty());
                case OVER -> {}
            }
        });
    }

    /** The line closes. */
    public void abandon() {
        hangUp(LegEnd.INTERNAL_ERROR);
        context.mailbox().execute(() -> {
            if (state == State.ANSWERED) {
                byeUnconfirmed();
                fail(LocalFailure.CANCELLED, OptionalInt.of(200));
            }
        });
    }

    private SipReply contactable(SipReply reply) {
        return reply.tagged(dialog.localTag())
                .with("Contact", context.local().contact())
                .with("Allow", LocalParty.ALLOW)
                .with("Supported", LocalParty.SUPPORTED);
    }

    private void fail(LocalFailure why, OptionalInt status) {
        context.observer()
                .failed(
                        DialVerdict.of(why),
                        new SipFailure(status, OptionalInt.empty(), Optional.of(why.phrase()), context.trunk()));
        over();
    }

    private void over() {
        state = State.OVER;
        ok.ifPresent(OkRepeater::stop);
        Alarm unused = context.time()
                .schedule(
                        context.timers().transactionLife(),
                        () -> context.switchboard().leave(dialog.callId()));
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
            String method = request.frame().method();
            if (method.equals("CANCEL")) {
                onCancel(requestTransaction);
            } else if (method.equals("INVITE") && request.frame().branch().equals(inviteBranch())) {
                ok.ifPresent(OkRepeater::repeatNow);
            } else if (state == State.UP || state == State.OVER) {
                confirmed.onRequest(request, requestTransaction);
            } else if (method.equals("BYE")) {
                onEarlyBye(requestTransaction);
            } else {
                // An offer may not cross an answer that is not acknowledged; other requests may come again.
                requestTransaction.reply(
                        SipReply.of(method.equals("INVITE") ? 491 : 500).with("Retry-After", "1"));
            }
        });
    }

    private void onCancel(ServerTransaction cancel) {
        cancel.reply(SipReply.of(200).tagged(dialog.localTag()));
        if (state == State.RINGING) {
            transaction.reply(SipReply.of(487).tagged(dialog.localTag()));
            fail(LocalFailure.CALLER_GAVE_UP, OptionalInt.of(487));
        }
    }

    private void onEarlyBye(ServerTransaction bye) {
        bye.reply(SipReply.of(200));
        if (state == State.RINGING) {
            transaction.reply(SipReply.of(487).tagged(dialog.localTag()));
        }
        fail(LocalFailure.CALLER_GAVE_UP, OptionalInt.of(487));
    }

    @Override
    public void onAck(IncomingRequest ack) {
        context.mailbox().execute(() -> {
            boolean first = ok.map(o -> o.acknowledgedBy(ack.frame().cseq())).orElse(false);
            if (first && state == State.ANSWERED) {
                acknowledged(ack.frame().sdp());
            } else if (state == State.UP) {
                confirmed.onAck(ack);
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
            context.observer().answered(media.get());
            confirmed.begin();
        } catch (SdpException e) {
            byeUnconfirmed();
            fail(LocalFailure.NO_COMMON_CODEC, OptionalInt.of(200));
        }
    }

    @Override
    public void onStrayResponse(IncomingResponse response) {
        // We sent no INVITE in this dialog: nothing of it can be ours.
    }
}
