package dev.revox.sip.signaling.call;

import dev.revox.line.LegEnd;
import dev.revox.line.SipFailure;
import dev.revox.sip.failure.DialVerdict;
import dev.revox.sip.failure.LocalFailure;
import dev.revox.sip.sdp.NegotiatedMedia;
import dev.revox.sip.sdp.SdpException;
import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipBody;
import dev.revox.sip.signaling.SipReply;
import dev.revox.sip.signaling.SipRequest;
import dev.revox.sip.signaling.dialog.AckKeeper;
import dev.revox.sip.signaling.dialog.Dialog;
import dev.revox.sip.signaling.dialog.Exchange;
import dev.revox.time.Alarm;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A call that we place, from the INVITE to the end of its last ACK.
 *
 * <p>DIALLING until a final response; the first 2xx makes it UP unless it was withdrawn, in which case that 2xx gets its ACK
 * and a BYE at once. OVER, it still answers repeated 2xx for 64*T1. Every further fork that answers gets an ACK and a BYE.
 *
 * <p><b>Thread:</b> {@code start}, {@code hangUp} and the party's methods post; all else is confined to the leg's mailbox.
 * <b>Spec:</b> RFC 3261 §9, §13.2, §14.
 */
public final class UacCall implements CallParty {

    private enum State {
        DIALLING,
        UP,
        OVER
    }

    private final CallContext context;
    private final Dialog dialog;
    private final Duration ringTimeout;
    private final boolean abroad;
    private final AckKeeper acks;
    private final ConfirmedCall confirmed;
    private final Map<String, String> earlyAnswers = new HashMap<>();
    private final Set<Integer> reportedProvisionals = new HashSet<>();
    private State state = State.DIALLING;
    private Optional<Exchange> invite = Optional.empty();
    private Optional<LocalFailure> withdrawn = Optional.empty();
    private boolean rang;
    private Alarm ringAlarm = () -> {};
    private Alarm patience = () -> {};

    private UacCall(CallContext context, Dialog dialog, Duration ringTimeout, boolean abroad) {
        this.context = context;
        this.dialog = dialog;
        this.ringTimeout = ringTimeout;
        this.abroad = abroad;
        this.acks = new AckKeeper(context.transport());
        this.confirmed = new ConfirmedCall(context, dialog, this::over);
    }

    /**
     * Sends the INVITE.
     *
     * @param abroad the number may lie outside the trunk's home country
     */
    public static UacCall start(CallContext context, Dialog dialog, Duration ringTimeout, boolean abroad) {
        UacCall call = new UacCall(context, dialog, ringTimeout, abroad);
        context.switchboard().enter(dialog.callId(), call);
        context.mailbox().execute(call::invite);
        return call;
    }

    private void invite() {
        if (state == State.OVER) {
            return;
        }
        ringAlarm = context.time()
                .schedule(ringTimeout, () -> context.mailbox().execute(() -> withdraw(LocalFailure.RING_TIMEOUT)));
        invite = Optional.of(Exchange.start(
                context.means(),
                dialog,
                "INVITE",
                Optional.of(SipBody.sdp(context.audio().offer())),
                new InviteHandler()));
    }

    /** Ends the call in the way its state asks for. */
    public void hangUp(LegEnd cause) {
        context.mailbox().execute(() -> {
            switch (state) {
                case DIALLING -> withdraw(LocalFailure.CANCELLED);
                case UP -> confirmed.hangUp(cause, Optional.empty());
                case OVER -> {}
            }
        });
    }

    /** The line closes: says goodbye and does not wait for an answer. */
    public void abandon() {
        context.mailbox().execute(() -> {
            if (state == State.DIALLING) {
                invite.ifPresent(Exchange::cancel);
                fail(DialVerdict.of(LocalFailure.CANCELLED), local(LocalFailure.CANCELLED));
            } else if (state == State.UP) {
                confirmed.hangUp(LegEnd.INTERNAL_ERROR, Optional.of("the line was closed"));
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
            // The other side may answer neither INVITE nor CANCEL; the leg must end all the same.
            patience = context.time()
                    .schedule(
                            context.timers().transactionLife(),
                            () -> context.mailbox().execute(() -> giveUp(why)));
        }
    }

    private void giveUp(LocalFailure why) {
        if (state == State.DIALLING) {
            fail(DialVerdict.of(why), local(why));
        }
    }

    private void provisional(IncomingResponse response) {
        int status = response.status();
        if (state != State.DIALLING || withdrawn.isPresent() || status == 100) {
            return;
        }
        String tag = response.frame().toTag();
        if (status == 199) {
            earlyAnswers.remove(tag);
            return;
        }
        rang |= status >= 180;
        Optional<String> sdp = response.frame().sdp();
        if (sdp.isPresent()) {
            if (!sdp.get().equals(earlyAnswers.put(tag, sdp.get()))) {
                earlyMedia(sdp.get());
            }
        } else if ((status == 180 || status == 183) && reportedProvisionals.add(status)) {
            context.observer().ringing(status);
        }
    }

    private void earlyMedia(String sdp) {
        try {
            context.observer().earlyMedia(context.audio().accept(sdp));
        } catch (SdpException e) {
            // The answer that counts comes with the 200; until then there is nothing to hear.
            context.observer().ringing(183);
        }
    }

    private void success(IncomingResponse response) {
        dialog.confirm(response);
        acks.send(response, ackFor(dialog));
        if (withdrawn.isPresent()) {
            bye(dialog);
            LocalFailure why = withdrawn.get();
            SipFailure raw = new SipFailure(
                    OptionalInt.of(response.status()),
                    OptionalInt.empty(),
                    Optional.of(why.phrase() + ", answered meanwhile"),
                    context.trunk());
            fail(DialVerdict.of(why), raw);
            return;
        }
        try {
            String sdp = response.frame()
                    .sdp()
                    .or(() -> Optional.ofNullable(earlyAnswers.get(dialog.remoteTag())))
                    .orElse("");
            NegotiatedMedia media = context.audio().accept(sdp);
            state = State.UP;
            ringAlarm.cancel();
            context.observer().mediaAgreed(media);
            context.observer().answered(media);
            confirmed.begin();
        } catch (SdpException e) {
            bye(dialog);
            fail(DialVerdict.of(LocalFailure.NO_COMMON_CODEC), local(LocalFailure.NO_COMMON_CODEC));
        }
    }

    private void failure(IncomingResponse response) {
        SipFailure raw = Reasons.raw(response, context.trunk());
        DialVerdict verdict = withdrawn.isPresent()
                ? DialVerdict.of(withdrawn.get())
                : DialVerdict.of(Reasons.signal(response, rang, abroad));
        fail(verdict, raw);
    }

    private void fail(DialVerdict verdict, SipFailure raw) {
        context.observer().failed(verdict, raw);
        over();
    }

    private SipFailure local(LocalFailure failure) {
        return SipFailure.local(failure.phrase(), context.trunk());
    }

    private void over() {
        state = State.OVER;
        ringAlarm.cancel();
        patience.cancel();
        Alarm unused = context.time()
                .schedule(
                        context.timers().transactionLife(),
                        () -> context.switchboard().leave(dialog.callId()));
    }

    private SipRequest ackFor(Dialog answered) {
        return answered.ack(invite.orElseThrow().request(), context.trustedHop().test(answered.nextHop()));
    }

    private void bye(Dialog answered) {
        Exchange.start(context.means(), answered, "BYE", Optional.empty(), Exchange.Handler.indifferent());
    }

    @Override
    public String localTag() {
        return dialog.localTag();
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
        context.mailbox().execute(() -> {
            if (state == State.DIALLING) {
                transaction.reply(SipReply.of(481));
            } else {
                confirmed.onRequest(request, transaction);
            }
        });
    }

    @Override
    public void onAck(IncomingRequest ack) {
        context.mailbox().execute(() -> confirmed.onAck(ack));
    }

    /** A 2xx that no transaction waits for: repeated, of another fork, or after we gave up. */
    @Override
    public void onStrayResponse(IncomingResponse response) {
        context.mailbox().execute(() -> stray(response));
    }

    private void stray(IncomingResponse response) {
        boolean ours = response.success()
                && response.frame().method().equals("INVITE")
                && invite.isPresent()
                && invite.get().request().cseq() == response.frame().cseq();
        if (ours && !acks.repeat(response)) {
            Dialog fork = dialog.forkedBy(response);
            acks.send(response, ackFor(fork));
            bye(fork);
        }
    }

    private final class InviteHandler implements Exchange.Handler {

        @Override
        public void onProvisional(IncomingResponse response) {
            provisional(response);
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
