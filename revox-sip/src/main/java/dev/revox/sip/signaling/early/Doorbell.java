package dev.revox.sip.signaling.early;

import dev.revox.line.LegEvent;
import dev.revox.sip.sdp.AudioNegotiation;
import dev.revox.sip.sdp.NegotiatedMedia;
import dev.revox.sip.sdp.SdpException;
import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipBody;
import dev.revox.sip.signaling.SipFrame;
import dev.revox.sip.signaling.SipReply;
import dev.revox.sip.signaling.dialog.Dialog;
import dev.revox.sip.signaling.dialog.PrackWait;
import dev.revox.sip.signaling.header.CallerHeaders;
import dev.revox.sip.signaling.header.OptionTags;
import dev.revox.sip.signaling.header.ReliableResponse;
import dev.revox.sip.signaling.session.CallContext;
import dev.revox.sip.signaling.session.Renegotiation;
import java.util.Optional;

/**
 * An incoming call's 180, and what is agreed with the caller before the 200.
 *
 * <p>The 180 is reliable only when the caller demands it. When the INVITE had no offer, a reliable 180 must hold ours, because
 * the offer comes in the first reliable message (RFC 3261 §13.2.1); its PRACK brings the answer, and the 200 waits for it.
 *
 * <p><b>Thread:</b> Confined to the leg's mailbox. <b>Spec:</b> RFC 3262 §3, §5, RFC 3311 §5.2.
 */
public final class Doorbell {

    private final CallContext context;
    private final Dialog dialog;
    private final SipFrame invite;
    private final ServerTransaction transaction;
    private final Runnable neverAcknowledged;
    private Optional<PrackWait> wait = Optional.empty();
    private long rseq;
    private boolean offered;
    private Optional<NegotiatedMedia> media = Optional.empty();

    public Doorbell(
            CallContext context,
            Dialog dialog,
            SipFrame invite,
            ServerTransaction transaction,
            Runnable neverAcknowledged) {
        this.context = context;
        this.dialog = dialog;
        this.invite = invite;
        this.transaction = transaction;
        this.neverAcknowledged = neverAcknowledged;
    }

    public void ring() {
        SipReply ringing = context.contactable(SipReply.of(180)).tagged(dialog.localTag());
        if (rseq != 0 || !OptionTags.required(invite, OptionTags.RELIABLE)) {
            transaction.reply(ringing);
            return;
        }
        rseq = context.tokens().between(1, Integer.MAX_VALUE);
        SipReply reliable = ringing.with("Require", OptionTags.RELIABLE).with("RSeq", Long.toString(rseq));
        if (invite.sdp().isEmpty()) {
            offered = true;
            reliable = reliable.carrying(SipBody.sdp(context.audio().offer()));
        }
        wait = Optional.of(PrackWait.start(
                context.time(), context.mailbox(), context.timers(), transaction, reliable, neverAcknowledged));
    }

    /** True while our offer in the 180 waits for its answer: the 200 may not go out (RFC 3262 §3). */
    public boolean offerUnanswered() {
        return offered && media.isEmpty();
    }

    /**
     * Takes a PRACK and answers it.
     *
     * @throws SdpException when its answer is unusable
     */
    public void onPrack(IncomingRequest prack, ServerTransaction prackTransaction) throws SdpException {
        Optional<ReliableResponse> acknowledged = ReliableResponse.acknowledgedBy(prack.frame());
        boolean ours = wait.isPresent() && acknowledged.equals(Optional.of(new ReliableResponse(rseq, invite.cseq())));
        if (!ours) {
            prackTransaction.reply(SipReply.of(481));
            return;
        }
        if (!dialog.inOrder(prack.frame().cseq())) {
            prackTransaction.reply(context.later(500));
            return;
        }
        Optional<String> sdp = prack.frame().sdp();
        if (sdp.isPresent() && !offered) {
            // The offer of the INVITE is still open: there cannot be a second one.
            prackTransaction.reply(SipReply.of(488));
            return;
        }
        wait.get().stop();
        wait = Optional.empty();
        prackTransaction.reply(SipReply.of(200));
        if (offered) {
            media = Optional.of(context.audio().accept(sdp.orElse("")));
        }
    }

    public void onUpdate(IncomingRequest update, ServerTransaction updateTransaction) {
        SipFrame frame = update.frame();
        if (!dialog.inOrder(frame.cseq())) {
            updateTransaction.reply(context.later(500));
            return;
        }
        SipReply ok = context.contactable(SipReply.of(200));
        if (frame.sdp().isPresent()) {
            if (media.isEmpty()) {
                // Its own offer is unanswered, or ours is (RFC 3311 §5.2).
                updateTransaction.reply(context.later(offered ? 491 : 500));
                return;
            }
            try {
                AudioNegotiation.Answer answer =
                        context.audio().answer(frame.sdp().get());
                media = Optional.of(answer.media());
                ok = ok.carrying(SipBody.sdp(answer.sdp()));
            } catch (SdpException e) {
                updateTransaction.reply(Renegotiation.notAcceptable(e, context));
                return;
            }
        }
        dialog.refreshTarget(frame);
        updateTransaction.reply(ok);
        CallerHeaders.asserted(frame)
                .ifPresent(number -> context.changed(at -> new LegEvent.ConnectedLine(at, Optional.of(number))));
    }

    /**
     * What the 200 holds: our answer, our offer, or nothing when all is agreed.
     *
     * @throws SdpException when there is no common media
     */
    public Optional<SipBody> finalDescription() throws SdpException {
        stop();
        if (media.isPresent()) {
            return Optional.empty();
        }
        if (invite.sdp().isEmpty()) {
            return Optional.of(SipBody.sdp(context.audio().offer()));
        }
        AudioNegotiation.Answer answer = context.audio().answer(invite.sdp().get());
        media = Optional.of(answer.media());
        return Optional.of(SipBody.sdp(answer.sdp()));
    }

    /** What is agreed so far. */
    public Optional<NegotiatedMedia> media() {
        return media;
    }

    /** A final response takes the place of the 180. */
    public void stop() {
        wait.ifPresent(PrackWait::stop);
        wait = Optional.empty();
    }
}
