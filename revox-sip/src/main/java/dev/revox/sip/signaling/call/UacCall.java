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
import dev.revox.sip.signaling.SipHeader;
import dev.revox.sip.signaling.SipRequest;
import dev.revox.sip.signaling.dialog.AckKeeper;
import dev.revox.sip.signaling.dialog.Dialog;
import dev.revox.sip.signaling.dialog.Exchange;
import dev.revox.sip.signaling.early.EarlyDialogs;
import dev.revox.sip.signaling.early.Redirects;
import dev.revox.sip.signaling.header.Reasons;
import dev.revox.sip.signaling.header.SipUri;
import dev.revox.sip.signaling.live.ConfirmedCall;
import dev.revox.sip.signaling.live.LiveCall;
import dev.revox.sip.signaling.session.CallContext;
import dev.revox.sip.signaling.switchboard.Switchboard;
import dev.revox.time.Alarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A call that we place, from the first INVITE to the end of its last ACK.
 *
 * <p>DIALLING until a final response that leaves nothing to try; the first 2xx makes it UP unless it was withdrawn, in which
 * case that 2xx gets its ACK and a BYE at once. OVER, it still answers repeated 2xx for 64*T1. Every further fork that answers
 * gets an ACK and a BYE. A 3xx or 422 leads to another INVITE of the same call.
 *
 * <p><b>Thread:</b> {@code start}, the commands and the party's methods post; all else is confined to the leg's mailbox.
 * <b>Spec:</b> RFC 3261 §8.1.3.4, §9, §13.2, §14.
 */
public final class UacCall extends LiveCall {

    private enum State {
        DIALLING,
        UP,
        OVER
    }

    private final Dialog root;
    private final Duration ringTimeout;
    private final boolean abroad;
    private final AckKeeper acks;
    private final EarlyDialogs early;
    private final Redirects redirects;
    private State state = State.DIALLING;
    private Optional<Exchange> invite = Optional.empty();
    private Optional<LocalFailure> withdrawn = Optional.empty();
    private Alarm ringAlarm = () -> {};
    private Alarm patience = () -> {};

    private UacCall(CallContext context, Switchboard switchboard, Dialog root, Duration ringTimeout, boolean abroad) {
        super(context, switchboard);
        this.root = root;
        this.ringTimeout = ringTimeout;
        this.abroad = abroad;
        this.acks = new AckKeeper(context.transport());
        this.early = new EarlyDialogs(context, root);
        this.redirects = new Redirects(root.target(), this::mayBeSentTo);
    }

    /**
     * Sends the INVITE.
     *
     * @param abroad the number may lie outside the trunk's home country
     */
    public static UacCall start(
            CallContext context, Switchboard switchboard, Dialog dialog, Duration ringTimeout, boolean abroad) {
        UacCall call = new UacCall(context, switchboard, dialog, ringTimeout, abroad);
        switchboard.enter(dialog.callId(), call);
        context.mailbox().execute(call::dial);
        return call;
    }

    private void dial() {
        if (state == State.DIALLING) {
            ringAlarm = context.after(ringTimeout, () -> withdraw(LocalFailure.RING_TIMEOUT));
            sendInvite();
        }
    }

    private void sendInvite() {
        List<SipHeader> headers = new ArrayList<>(terms.asked());
        headers.add(new SipHeader("P-Early-Media", "supported"));
        Optional<SipBody> offer = context.settings().lateOffer()
                ? Optional.empty()
                : Optional.of(SipBody.sdp(context.audio().offer()));
        invite = Optional.of(Exchange.start(context.means(), root, "INVITE", headers, offer, new InviteHandler()));
    }

    // Toll fraud (RFC 3261 §26.1.2): a 3xx may not choose the host, nor a number that costs more than people expect.
    private boolean mayBeSentTo(SipUri uri) {
        boolean host = context.trunk().own(uri.text())
                || context.settings().followRedirectsTo().contains(uri.host());
        return host
                && uri.number()
                        .flatMap(number -> context.settings().destinations().refusal(number))
                        .isEmpty();
    }

    @Override
    public void answer() {
        // It is answered by the other side.
    }

    @Override
    public void hangUp(LegEnd cause) {
        context.mailbox().execute(() -> {
            switch (state) {
                case DIALLING -> withdraw(LocalFailure.CANCELLED);
                case UP -> confirmed().orElseThrow().hangUp(cause, Optional.empty());
                case OVER -> {}
            }
        });
    }

    @Override
    public void abandon() {
        context.mailbox().execute(() -> {
            if (state == State.DIALLING) {
                invite.ifPresent(Exchange::cancel);
                fail(DialVerdict.of(LocalFailure.CANCELLED), local(LocalFailure.CANCELLED));
            } else if (state == State.UP) {
                confirmed().orElseThrow().hangUp(LegEnd.INTERNAL_ERROR, Optional.of("the line was closed"));
            }
        });
    }

    private void withdraw(LocalFailure why) {
        if (state == State.DIALLING && withdrawn.isEmpty()) {
            withdrawn = Optional.of(why);
            ringAlarm.cancel();
            if (invite.isEmpty()) {
                fail(DialVerdict.of(why), local(why));
                return;
            }
            invite.get().cancel();
            if (!invite.get().arrived()) {
                // Nothing to wait for: the CANCEL follows the first provisional response, should one ever come.
                LocalFailure known = why == LocalFailure.RING_TIMEOUT ? LocalFailure.NO_RESPONSE : why;
                fail(DialVerdict.of(known), local(known));
                return;
            }
            // The other side may answer neither INVITE nor CANCEL; the leg must end all the same.
            patience = context.after(context.timers().transactionLife(), () -> giveUp(why));
        }
    }

    private void giveUp(LocalFailure why) {
        if (state == State.DIALLING) {
            fail(DialVerdict.of(why), local(why));
        }
    }

    private void success(IncomingResponse response) {
        Dialog answered = early.confirmedBy(response);
        if (withdrawn.isPresent()) {
            acks.send(response, ackFor(answered, Optional.empty()));
            bye(answered);
            LocalFailure why = withdrawn.get();
            SipFailure raw = new SipFailure(
                    OptionalInt.of(response.status()),
                    OptionalInt.empty(),
                    Optional.of(why.phrase() + ", answered meanwhile"),
                    context.trunk().name());
            fail(DialVerdict.of(why), raw);
            return;
        }
        Optional<NegotiatedMedia> media = acknowledge(response, answered);
        if (media.isEmpty()) {
            bye(answered);
            fail(DialVerdict.of(LocalFailure.NO_COMMON_CODEC), local(LocalFailure.NO_COMMON_CODEC));
            return;
        }
        state = State.UP;
        ringAlarm.cancel();
        terms.accepted(response.frame());
        ConfirmedCall call = confirm(answered);
        context.observer().mediaAgreed(media.get());
        context.observer().answered(media.get());
        call.begin(response.frame(), media.get());
    }

    /** Sends the ACK, with an answer when the offer came in the 2xx; empty without common media. */
    private Optional<NegotiatedMedia> acknowledge(IncomingResponse response, Dialog answered) {
        String tag = response.frame().toTag();
        Optional<NegotiatedMedia> media = early.settled(tag);
        Optional<SipBody> answerBody = Optional.empty();
        if (media.isEmpty()) {
            String sdp = response.frame().sdp().or(() -> early.description(tag)).orElse("");
            try {
                if (context.settings().lateOffer()) {
                    AudioNegotiation.Answer answer = context.audio().answer(sdp);
                    answerBody = Optional.of(SipBody.sdp(answer.sdp()));
                    media = Optional.of(answer.media());
                } else {
                    media = Optional.of(context.audio().accept(sdp));
                }
            } catch (SdpException e) {
                media = Optional.empty();
            }
        }
        acks.send(response, ackFor(answered, answerBody));
        return media;
    }

    private void failure(IncomingResponse response) {
        if (withdrawn.isEmpty() && mayTryAgain(response)) {
            early.forget();
            sendInvite();
            return;
        }
        SipFailure raw = Reasons.raw(response, context.trunk().name());
        DialVerdict verdict = withdrawn.isPresent()
                ? DialVerdict.of(withdrawn.get())
                : DialVerdict.of(Reasons.signal(response, early.rang(), abroad));
        fail(verdict, raw);
    }

    private boolean mayTryAgain(IncomingResponse response) {
        if (response.status() == 422) {
            return terms.raised(response.frame());
        }
        Optional<String> target = redirects.next(response);
        target.ifPresent(root::retarget);
        return target.isPresent();
    }

    private void fail(DialVerdict verdict, SipFailure raw) {
        context.observer().failed(verdict, raw);
        over();
    }

    private SipFailure local(LocalFailure failure) {
        return SipFailure.local(failure.phrase(), context.trunk().name());
    }

    @Override
    protected void over() {
        state = State.OVER;
        ringAlarm.cancel();
        patience.cancel();
        switchboard.leaveLater(root.callId());
    }

    private SipRequest ackFor(Dialog answered, Optional<SipBody> body) {
        return answered.ack(invite.orElseThrow().request(), context.trunk().own(answered.nextHop()), body);
    }

    private void bye(Dialog answered) {
        Exchange.forget(context.means(), answered, "BYE", List.of());
    }

    @Override
    public String localTag() {
        return root.localTag();
    }

    @Override
    public boolean begunBy(IncomingRequest request) {
        return false;
    }

    @Override
    public String inviteBranch() {
        return "";
    }

    @Override
    public void onRequest(IncomingRequest request, ServerTransaction transaction) {
        context.mailbox()
                .execute(() -> confirmed()
                        .ifPresentOrElse(
                                call -> call.onRequest(request, transaction),
                                () -> early.onRequest(request, transaction)));
    }

    @Override
    public void onAck(IncomingRequest ack) {
        context.mailbox().execute(() -> confirmed().ifPresent(call -> call.onAck(ack)));
    }

    /** A 2xx that no transaction waits for: repeated, of another fork, or after we gave up. */
    @Override
    public void onStrayResponse(IncomingResponse response) {
        context.mailbox().execute(() -> stray(response));
    }

    private void stray(IncomingResponse response) {
        boolean ofInvite = response.success() && response.frame().method().equals("INVITE") && invite.isPresent();
        if (ofInvite && invite.get().request().cseq() == response.frame().cseq()) {
            if (!acks.repeat(response)) {
                Dialog fork = root.forkedBy(response);
                acks.send(response, ackFor(fork, Optional.empty()));
                bye(fork);
            }
        } else {
            confirmed().ifPresent(call -> call.onStray(response));
        }
    }

    private final class InviteHandler implements Exchange.Handler {

        @Override
        public void onProvisional(IncomingResponse response) {
            if (state == State.DIALLING && withdrawn.isEmpty()) {
                early.onProvisional(response);
            }
        }

        @Override
        public void onFinal(IncomingResponse response) {
            if (state == State.OVER) {
                stray(response);
            } else if (response.success()) {
                success(response);
            } else {
                failure(response);
            }
        }

        @Override
        public void onTimeout() {
            giveUp(withdrawn.orElse(LocalFailure.NO_RESPONSE));
        }

        @Override
        public void onUnreachable() {
            giveUp(withdrawn.orElse(LocalFailure.TRANSPORT));
        }
    }
}
