package dev.revox.sip.signaling.session;

import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.sip.sdp.NegotiatedMedia;
import dev.revox.sip.sdp.SdpException;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.SipBody;
import dev.revox.sip.signaling.dialog.AckKeeper;
import dev.revox.sip.signaling.dialog.Dialog;
import dev.revox.sip.signaling.dialog.Exchange;
import dev.revox.time.Alarm;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The re-INVITE or UPDATE that we send: to hold, to resume, to refresh the session.
 *
 * <p>Wishes wait while another transaction is open; of two contrary wishes the later counts. After a collision (491) both
 * sides wait, whoever made the Call-ID longer: 2.1 to 4 s, the other up to 2 s.
 *
 * <p><b>Thread:</b> Confined to the leg's mailbox. <b>Spec:</b> RFC 3261 §14.1, RFC 3311 §5.1, RFC 4028 §7.4.
 */
final class OwnRequest {

    /** Whose request it is. <b>Thread:</b> the leg's mailbox. */
    interface Owner {

        /** True while an INVITE of the other side is not over. */
        boolean busy();

        void refreshed();

        void notRefreshed();

        void agreed(NegotiatedMedia media);

        void heldChanged();

        void lost(LegEnd cause, String reason);
    }

    private final CallContext context;
    private final Dialog dialog;
    private final SessionTerms terms;
    private final Owner owner;
    private final AckKeeper acks;
    private Optional<Exchange> open = Optional.empty();
    private boolean openIsInvite;
    private boolean held;
    private boolean holdWanted;
    private boolean refreshWanted;
    private boolean peerTakesUpdate;
    private boolean stopped;
    private Alarm pause = () -> {};
    private boolean pausing;
    private Alarm patience = () -> {};

    OwnRequest(CallContext context, Dialog dialog, SessionTerms terms, Owner owner) {
        this.context = context;
        this.dialog = dialog;
        this.terms = terms;
        this.owner = owner;
        this.acks = new AckKeeper(context.transport());
    }

    void peerTakesUpdate(boolean takes) {
        peerTakesUpdate = takes;
    }

    boolean inviteOpen() {
        return open.isPresent() && openIsInvite;
    }

    /** Only our INVITEs carry offers. */
    boolean offerOpen() {
        return inviteOpen();
    }

    boolean held() {
        return held;
    }

    void hold(boolean wanted) {
        holdWanted = wanted;
        next();
    }

    void refresh() {
        refreshWanted = true;
        next();
    }

    /** Sends what is wanted if it is time for it. */
    void next() {
        if (stopped || pausing || open.isPresent() || owner.busy()) {
            return;
        }
        if (holdWanted != held) {
            invite(context.audio().reoffer(holdWanted));
        } else if (refreshWanted && peerTakesUpdate) {
            openIsInvite = false;
            open = Optional.of(Exchange.start(
                    context.means(), dialog, "UPDATE", terms.asked(), Optional.empty(), new Answers(held)));
        } else if (refreshWanted) {
            invite(context.audio().reoffer(held));
        }
    }

    private void invite(String sdp) {
        openIsInvite = true;
        open = Optional.of(Exchange.start(
                context.means(),
                dialog,
                "INVITE",
                terms.asked(),
                Optional.of(SipBody.sdp(sdp)),
                new Answers(holdWanted)));
    }

    boolean repeatAck(IncomingResponse response) {
        return response.success() && response.frame().method().equals("INVITE") && acks.repeat(response);
    }

    boolean mayOweAcks() {
        return inviteOpen() || acks.any();
    }

    void stop() {
        stopped = true;
        pause.cancel();
        patience.cancel();
    }

    private void waitAndTryAgain() {
        context.audio().hold(held);
        Duration wait = Duration.ofMillis(10L
                * (dialog.ownsCallId()
                        ? context.tokens().between(210, 401)
                        : context.tokens().between(0, 201)));
        pausing = true;
        pause = context.after(wait, () -> {
            pausing = false;
            next();
        });
    }

    /** What becomes of one request; {@code hold} is what it asks for. */
    private final class Answers implements Exchange.Handler {

        private final boolean hold;
        private boolean cancelled;

        Answers(boolean hold) {
            this.hold = hold;
        }

        @Override
        public void onProvisional(IncomingResponse response) {
            if (!stopped && openIsInvite) {
                patience.cancel();
                patience = context.after(context.timers().transactionLife(), this::tooLong);
            }
        }

        // After a provisional response no timer of the transaction runs; ours does (RFC 3261 §17.1.1.2).
        private void tooLong() {
            if (stopped || open.isEmpty()) {
                return;
            }
            if (cancelled) {
                owner.lost(LegEnd.INTERNAL_ERROR, "a re-INVITE was never answered");
                return;
            }
            cancelled = true;
            open.get().cancel();
            patience = context.after(context.timers().transactionLife(), this::tooLong);
        }

        @Override
        public void onFinal(IncomingResponse response) {
            Exchange exchange = open.orElseThrow();
            open = Optional.empty();
            patience.cancel();
            if (response.success()) {
                succeeded(exchange, response);
            } else if (!stopped) {
                failed(response);
            }
        }

        private void succeeded(Exchange exchange, IncomingResponse response) {
            dialog.refreshTarget(response.frame());
            if (openIsInvite) {
                acks.send(
                        response,
                        dialog.ack(exchange.request(), context.trunk().own(dialog.nextHop()), Optional.empty()));
            }
            if (stopped) {
                return;
            }
            refreshWanted = false;
            terms.accepted(response.frame());
            owner.refreshed();
            if (openIsInvite && !answered(response)) {
                return;
            }
            next();
        }

        private boolean answered(IncomingResponse response) {
            try {
                NegotiatedMedia media =
                        context.audio().accept(response.frame().sdp().orElse(""));
                boolean changed = held != hold;
                held = hold;
                owner.agreed(media);
                if (changed) {
                    owner.heldChanged();
                }
                return true;
            } catch (SdpException e) {
                owner.lost(LegEnd.INTERNAL_ERROR, "no usable answer to our offer");
                return false;
            }
        }

        private void failed(IncomingResponse response) {
            int status = response.status();
            if (status == 491 || (status == 422 && terms.raised(response.frame()))) {
                waitAndTryAgain();
            } else if (status == 408 || status == 481) {
                gone();
            } else if (!openIsInvite && (status == 405 || status == 501)) {
                peerTakesUpdate = false;
                next();
            } else {
                refused(OptionalInt.of(status));
            }
        }

        private void refused(OptionalInt status) {
            context.audio().hold(held);
            if (hold != held) {
                holdWanted = held;
                context.changed(at -> new LegEvent.HoldFailed(at, status));
            } else {
                refreshWanted = false;
                owner.notRefreshed();
            }
            next();
        }

        // RFC 3261 §12.2.1.2: the other side is not there any more, or knows nothing of the call.
        private void gone() {
            owner.lost(refreshWanted ? LegEnd.SESSION_EXPIRED : LegEnd.INTERNAL_ERROR, "the other side is gone");
        }

        @Override
        public void onTimeout() {
            open = Optional.empty();
            if (!stopped) {
                gone();
            }
        }

        @Override
        public void onUnreachable() {
            open = Optional.empty();
            if (!stopped) {
                refused(OptionalInt.empty());
            }
        }
    }
}
