package dev.revox.sip.signaling.dialog;

import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipReply;
import dev.revox.time.TimeSource;
import java.util.concurrent.Executor;

/**
 * Our 2xx to one INVITE, sent again and again until its ACK comes.
 *
 * <p><b>Thread:</b> Confined to the leg's mailbox. <b>Spec:</b> RFC 3261 §13.3.1.4: from T1, doubling up to T2, for 64*T1.
 */
public final class OkRepeater {

    private final SipReply ok;
    private final long cseq;
    private final Repetition repetition;

    private OkRepeater(SipReply ok, long cseq, Repetition repetition) {
        this.ok = ok;
        this.cseq = cseq;
        this.repetition = repetition;
    }

    /**
     * Sends the 2xx.
     *
     * @param gaveUp runs in the mailbox when no ACK came in time
     */
    public static OkRepeater start(
            TimeSource time,
            Executor mailbox,
            SipTimers timers,
            ServerTransaction transaction,
            SipReply ok,
            long cseq,
            Runnable gaveUp) {
        transaction.reply(ok);
        Repetition.Plan plan = new Repetition.Plan(() -> transaction.repeat(ok), gaveUp);
        return new OkRepeater(ok, cseq, Repetition.start(time, mailbox, timers, timers.t2(), plan));
    }

    /**
     * The INVITE came again after its transaction was gone. The 200 goes out in the new one, which would otherwise stay open: a
     * transaction of an INVITE waits for its user without any timer.
     */
    public void repeatIn(ServerTransaction again) {
        again.reply(ok);
    }

    /** The 2xx. */
    public SipReply ok() {
        return ok;
    }

    /** Takes an ACK; true when it is the first for this 2xx. */
    public boolean acknowledgedBy(long ackCseq) {
        if (!repetition.pending() || ackCseq != cseq) {
            return false;
        }
        stop();
        return true;
    }

    /** True while no ACK has come. */
    public boolean pending() {
        return repetition.pending();
    }

    public void stop() {
        repetition.stop();
    }
}
