package dev.revox.sip.signaling.live;

import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.line.LegEvent.TransferError;
import dev.revox.phone.PhoneNumber;
import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipReply;
import dev.revox.sip.signaling.dialog.Dialog;
import dev.revox.sip.signaling.dialog.DialogSettings.Digits;
import dev.revox.sip.signaling.session.CallContext;
import dev.revox.sip.signaling.session.SessionTerms;
import dev.revox.sip.signaling.switchboard.CallParty;
import dev.revox.sip.signaling.switchboard.Switchboard;
import dev.revox.time.Alarm;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * What both kinds of calls have in common: the commands of a call that is up.
 *
 * <p><b>Thread:</b> public methods post; all else is confined to the leg's mailbox.
 */
public abstract class LiveCall implements CallParty, CallControl {

    /**
     * How long the far end of a consultation has to hang up by itself once somebody has called it in our place. One that knows
     * nothing of Replaces (RFC 3891) never does: it has two calls then, and ours is the one that is over.
     */
    private static final Duration REPLACED_WITHIN = Duration.ofSeconds(1);

    protected final CallContext context;
    protected final Switchboard switchboard;
    protected final SessionTerms terms;
    private Optional<ConfirmedCall> confirmed = Optional.empty();

    protected LiveCall(CallContext context, Switchboard switchboard) {
        this.context = context;
        this.switchboard = switchboard;
        this.terms = new SessionTerms(context.settings());
    }

    /** The call is over; stays listed for a while, so that repeated 2xx still get their ACK. */
    protected abstract void over();

    protected final ConfirmedCall confirm(Dialog dialog) {
        ConfirmedCall call = new ConfirmedCall(context, switchboard, this, dialog, terms, this::over);
        confirmed = Optional.of(call);
        return call;
    }

    /** Present from the moment the dialog is confirmed, also after its end. */
    protected final Optional<ConfirmedCall> confirmed() {
        return confirmed;
    }

    private void post(Consumer<ConfirmedCall> command) {
        context.mailbox().execute(() -> confirmed.filter(ConfirmedCall::live).ifPresent(command));
    }

    @Override
    public final void hold(boolean wanted) {
        context.mailbox()
                .execute(() -> confirmed
                        .filter(ConfirmedCall::live)
                        .ifPresentOrElse(
                                call -> call.hold(wanted),
                                () -> context.changed(at -> new LegEvent.HoldFailed(at, OptionalInt.empty()))));
    }

    @Override
    public final void transfer(PhoneNumber to) {
        context.mailbox().execute(() -> {
            if (context.settings().destinations().refusal(to).isPresent()) {
                notTransferred(TransferError.DESTINATION_NOT_ALLOWED);
            } else {
                refer(Optional.of(context.trunk().uriOf(to)), () -> {});
            }
        });
    }

    @Override
    public final void transferTo(CallControl consultation) {
        Runnable leave = () -> {
            Alarm unused = context.after(REPLACED_WITHIN, () -> consultation.hangUp(LegEnd.TRANSFERRED));
        };
        consultation.takeoverUri(uri -> context.mailbox().execute(() -> refer(uri, leave)));
    }

    private void refer(Optional<String> referTo, Runnable then) {
        boolean sent = referTo.isPresent()
                && confirmed
                        .filter(ConfirmedCall::live)
                        .map(call -> call.refer(referTo.get(), then))
                        .orElse(false);
        if (!sent) {
            notTransferred(TransferError.NOT_NOW);
        }
    }

    private void notTransferred(TransferError why) {
        context.changed(at -> new LegEvent.TransferFailed(at, why, OptionalInt.empty()));
    }

    @Override
    public final boolean sendDigits(String digits) {
        if (context.settings().digits() == Digits.NAMED_EVENTS) {
            return false;
        }
        post(call -> call.sendDigits(digits));
        return true;
    }

    @Override
    public final void takeoverUri(Consumer<Optional<String>> to) {
        context.mailbox()
                .execute(() -> to.accept(confirmed.filter(ConfirmedCall::live).map(ConfirmedCall::takeoverUri)));
    }

    @Override
    public final void onReplacement(IncomingRequest invite, ServerTransaction transaction) {
        context.mailbox()
                .execute(() -> confirmed.ifPresentOrElse(
                        call -> call.replacedBy(invite, transaction),
                        () -> transaction.reply(
                                SipReply.of(481).tagged(context.tokens().next()))));
    }

    @Override
    public void onStrayResponse(IncomingResponse response) {
        context.mailbox().execute(() -> confirmed.ifPresent(call -> call.onStray(response)));
    }
}
