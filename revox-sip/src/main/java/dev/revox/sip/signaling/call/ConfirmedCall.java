package dev.revox.sip.signaling.call;

import dev.revox.line.LegEnd;
import dev.revox.sip.sdp.AudioNegotiation;
import dev.revox.sip.sdp.NegotiatedMedia;
import dev.revox.sip.sdp.NoCommonMediaException;
import dev.revox.sip.sdp.SdpException;
import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipBody;
import dev.revox.sip.signaling.SipFrame;
import dev.revox.sip.signaling.SipReply;
import dev.revox.sip.signaling.dialog.Dialog;
import dev.revox.sip.signaling.dialog.Exchange;
import dev.revox.sip.signaling.dialog.LocalParty;
import dev.revox.sip.signaling.dialog.OkRepeater;
import java.util.Locale;
import java.util.Optional;

/**
 * A call that is up: requests of the other side within the dialog, and the BYE of either.
 *
 * <p>We send no re-INVITE of our own, so an offer of ours is open only between a 200 to an INVITE without a session
 * description and its ACK; an offer that crosses it gets 491 (RFC 3261 §14.2).
 *
 * <p><b>Thread:</b> Confined to the leg's mailbox.
 */
final class ConfirmedCall {

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.signaling.call");

    private final CallContext context;
    private final Dialog dialog;
    private final Runnable over;
    private Optional<OkRepeater> ok = Optional.empty();
    private String okBranch = "";
    private boolean ourOfferIsOpen;
    private boolean live;

    /**
     * Begins.
     *
     * @param over runs once, after the observer was told the end
     */
    ConfirmedCall(CallContext context, Dialog dialog, Runnable over) {
        this.context = context;
        this.dialog = dialog;
        this.over = over;
    }

    /** The dialog is confirmed and the observer has been told. */
    void begin() {
        live = true;
    }

    /** Sends BYE and ends at once: whether the other side answers it changes nothing. */
    void hangUp(LegEnd cause, Optional<String> reason) {
        if (live) {
            Exchange.start(context.means(), dialog, "BYE", Optional.empty(), Exchange.Handler.indifferent());
            end(cause, reason);
        }
    }

    private void end(LegEnd cause, Optional<String> reason) {
        live = false;
        ok.ifPresent(OkRepeater::stop);
        context.observer().ended(cause, reason);
        over.run();
    }

    void onRequest(IncomingRequest request, ServerTransaction transaction) {
        SipFrame frame = request.frame();
        if (!frame.fromTag().equals(dialog.remoteTag())
                || (!live && !frame.method().equals("BYE"))) {
            transaction.reply(SipReply.of(481));
            return;
        }
        if (frame.method().equals("INVITE") && frame.branch().equals(okBranch)) {
            ok.ifPresent(OkRepeater::repeatNow);
            return;
        }
        if (!dialog.inOrder(frame.cseq())) {
            transaction.reply(SipReply.of(500).with("Retry-After", "1"));
            return;
        }
        Optional<SipReply> objection = Switchboard.objection(request);
        if (objection.isPresent()) {
            transaction.reply(objection.get());
            return;
        }
        switch (frame.method()) {
            case "BYE" -> {
                transaction.reply(SipReply.of(200));
                if (live) {
                    end(LegEnd.REMOTE_HANGUP, Reasons.ofBye(frame));
                }
            }
            case "INVITE" -> onReinvite(frame, transaction);
            case "UPDATE" -> onUpdate(frame, transaction);
            case "OPTIONS" -> transaction.reply(Switchboard.capabilities());
            case "INFO" -> transaction.reply(info(frame));
            // An unasked-for transfer would let the other side choose whom we call.
            case "REFER" -> transaction.reply(SipReply.of(603));
            case "NOTIFY", "CANCEL", "PRACK" -> transaction.reply(SipReply.of(481));
            default -> transaction.reply(Switchboard.notAllowed());
        }
    }

    private static SipReply info(SipFrame frame) {
        String type =
                frame.body().map(b -> b.contentType().toLowerCase(Locale.ROOT)).orElse("");
        boolean known = type.isEmpty() || type.startsWith("application/dtmf");
        return known ? SipReply.of(200) : SipReply.of(415).with("Accept", "application/dtmf-relay");
    }

    private void onReinvite(SipFrame invite, ServerTransaction transaction) {
        if (ok.map(OkRepeater::pending).orElse(false)) {
            transaction.reply(SipReply.of(491));
            return;
        }
        if (invite.sdp().isEmpty()) {
            ourOfferIsOpen = true;
            dialog.refreshTarget(invite);
            repeatOk(invite, transaction, context.audio().offer());
            return;
        }
        Optional<AudioNegotiation.Answer> answer = answer(invite, transaction);
        if (answer.isPresent()) {
            dialog.refreshTarget(invite);
            repeatOk(invite, transaction, answer.get().sdp());
            context.observer().mediaAgreed(answer.get().media());
        }
    }

    private void onUpdate(SipFrame update, ServerTransaction transaction) {
        if (update.sdp().isEmpty()) {
            dialog.refreshTarget(update);
            transaction.reply(contactable(SipReply.of(200)));
            return;
        }
        if (ourOfferIsOpen) {
            transaction.reply(SipReply.of(491));
            return;
        }
        Optional<AudioNegotiation.Answer> answer = answer(update, transaction);
        if (answer.isPresent()) {
            dialog.refreshTarget(update);
            transaction.reply(contactable(SipReply.of(200))
                    .carrying(SipBody.sdp(answer.get().sdp())));
            context.observer().mediaAgreed(answer.get().media());
        }
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

    static SipReply notAcceptable(SdpException cause, CallContext context) {
        String warning = cause instanceof NoCommonMediaException none
                ? none.warning(context.local().sentBy())
                : "399 " + context.local().sentBy() + " \"Session description not understood\"";
        return SipReply.of(488).with("Warning", warning);
    }

    private SipReply contactable(SipReply reply) {
        return reply.with("Contact", context.local().contact())
                .with("Allow", LocalParty.ALLOW)
                .with("Supported", LocalParty.SUPPORTED);
    }

    private void repeatOk(SipFrame invite, ServerTransaction transaction, String sdp) {
        okBranch = invite.branch();
        ok = Optional.of(OkRepeater.start(
                context.time(),
                context.mailbox(),
                context.timers(),
                transaction,
                contactable(SipReply.of(200)).carrying(SipBody.sdp(sdp)),
                invite.cseq(),
                () -> hangUp(LegEnd.INTERNAL_ERROR, Optional.of("no ACK to our 200"))));
    }

    void onAck(IncomingRequest ack) {
        boolean first = ok.map(o -> o.acknowledgedBy(ack.frame().cseq())).orElse(false);
        if (first && ourOfferIsOpen && live) {
            ourOfferIsOpen = false;
            try {
                NegotiatedMedia media = context.audio().accept(ack.frame().sdp().orElse(""));
                context.observer().mediaAgreed(media);
            } catch (SdpException e) {
                hangUp(LegEnd.INTERNAL_ERROR, Optional.of("no usable answer to our offer"));
            }
        }
    }
}
