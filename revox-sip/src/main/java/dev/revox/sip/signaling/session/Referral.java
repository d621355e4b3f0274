package dev.revox.sip.signaling.session;

import dev.revox.line.LegEvent;
import dev.revox.line.LegEvent.TransferError;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.SipFrame;
import dev.revox.sip.signaling.SipHeader;
import dev.revox.sip.signaling.dialog.Dialog;
import dev.revox.sip.signaling.dialog.Exchange;
import dev.revox.sip.signaling.header.ReferNotice;
import dev.revox.time.Alarm;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A transfer that we ask the other side for: one REFER and the NOTIFYs that tell how it goes.
 *
 * <p>Success ends the call at once, because some trunks hold the sound back until our BYE; anything else leaves the call as it
 * is. A deadline stands over the whole of it.
 *
 * <p><b>Thread:</b> Confined to the leg's mailbox. <b>Spec:</b> RFC 3515 §2.4, RFC 3892, RFC 4488, RFC 5589 §6, RFC 6665.
 */
public final class Referral {

    private final CallContext context;
    private final Runnable succeeded;
    private final long cseq;
    private Alarm deadline = () -> {};
    private boolean accepted;
    private boolean over;

    private Referral(CallContext context, Dialog dialog, String referTo, Runnable succeeded) {
        this.context = context;
        this.succeeded = succeeded;
        Exchange exchange = Exchange.start(
                context.means(),
                dialog,
                "REFER",
                List.of(
                        new SipHeader("Refer-To", "<" + referTo + ">"),
                        new SipHeader("Referred-By", dialog.localAddress())),
                Optional.empty(),
                new Answers());
        this.cseq = exchange.request().cseq();
        this.deadline = context.after(
                context.settings().transferTimeout(), () -> fail(TransferError.TIMEOUT, OptionalInt.empty()));
    }

    /**
     * Sends the REFER.
     *
     * @param referTo whom the other side shall call, a URI with its headers
     * @param succeeded runs once when the new call stands
     */
    public static Referral start(CallContext context, Dialog dialog, String referTo, Runnable succeeded) {
        return new Referral(context, dialog, referTo, succeeded);
    }

    /** False when it has come to an end. */
    public boolean pending() {
        return !over;
    }

    /** True when the other side has agreed and has not said yet how it went: if it hangs up now, it has left for the other. */
    public boolean underWay() {
        return accepted && !over;
    }

    /** Takes a NOTIFY; false when it is about no transfer of ours that is pending. */
    public boolean onNotify(SipFrame notify) {
        Optional<ReferNotice> notice = ReferNotice.of(notify);
        // With credentials the REFER was sent again under a higher number.
        boolean ours = notice.isPresent()
                && (notice.get().referCseq().isEmpty()
                        || notice.get().referCseq().getAsLong() >= cseq);
        if (!ours || over) {
            return false;
        }
        accepted = true;
        OptionalInt status = notice.get().status();
        if (status.isPresent() && status.getAsInt() >= 300) {
            fail(TransferError.TARGET_NOT_REACHED, status);
        } else if (status.isPresent() && status.getAsInt() >= 200) {
            succeed();
        } else if (notice.get().terminated()) {
            fail(TransferError.TARGET_NOT_REACHED, OptionalInt.empty());
        } else {
            status.ifPresent(s -> context.changed(at -> new LegEvent.TransferProgress(at, s)));
        }
        return true;
    }

    private void succeed() {
        finish();
        context.changed(LegEvent.Transferred::new);
        succeeded.run();
    }

    private void fail(TransferError error, OptionalInt status) {
        if (!over) {
            finish();
            context.changed(at -> new LegEvent.TransferFailed(at, error, status));
        }
    }

    /** The call is over. */
    public void finish() {
        over = true;
        deadline.cancel();
    }

    private static TransferError refusal(int status) {
        return switch (status) {
            case 405, 420, 489, 501 -> TransferError.NOT_SUPPORTED;
            case 408 -> TransferError.TIMEOUT;
            default -> TransferError.REFUSED;
        };
    }

    private final class Answers implements Exchange.Handler {

        @Override
        public void onProvisional(IncomingResponse response) {}

        @Override
        public void onFinal(IncomingResponse response) {
            if (over) {
                return;
            }
            if (!response.success()) {
                fail(refusal(response.status()), OptionalInt.of(response.status()));
                return;
            }
            accepted = true;
            boolean silent = response.frame()
                    .first("Refer-Sub")
                    .map(v -> v.strip().toLowerCase(java.util.Locale.ROOT).startsWith("false"))
                    .orElse(false);
            if (silent) {
                // RFC 4488: nobody will tell how it goes.
                succeed();
            }
        }

        @Override
        public void onTimeout() {
            fail(TransferError.TIMEOUT, OptionalInt.empty());
        }

        @Override
        public void onUnreachable() {
            fail(TransferError.TIMEOUT, OptionalInt.empty());
        }
    }
}
