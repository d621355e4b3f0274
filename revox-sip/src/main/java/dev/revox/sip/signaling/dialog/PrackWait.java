package dev.revox.sip.signaling.dialog;

import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipReply;
import dev.revox.time.TimeSource;
import java.util.concurrent.Executor;

/**
 * A provisional response of ours that the caller must acknowledge, sent again and again until its PRACK comes.
 *
 * <p><b>Thread:</b> Confined to the leg's mailbox. <b>Spec:</b> RFC 3262 §3: from T1, doubling without a cap, for 64*T1.
 */
public final class PrackWait {

    private final Repetition repetition;

    private PrackWait(Repetition repetition) {
        this.repetition = repetition;
    }

    /**
     * Sends the response.
     *
     * @param gaveUp runs in the mailbox when no PRACK came in time
     */
    public static PrackWait start(
            TimeSource time,
            Executor mailbox,
            SipTimers timers,
            ServerTransaction transaction,
            SipReply response,
            Runnable gaveUp) {
        transaction.reply(response);
        return new PrackWait(Repetition.start(
                time,
                mailbox,
                timers,
                timers.transactionLife(),
                new Repetition.Plan(() -> transaction.reply(response), gaveUp)));
    }

    /** Its PRACK came, or a final response takes its place. */
    public void stop() {
        repetition.stop();
    }
}
