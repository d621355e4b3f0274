package dev.revox.sip.signaling.dialog;

import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipReply;
import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * A provisional response of ours that the caller must acknowledge, sent again and again until its PRACK comes.
 *
 * <p><b>Thread:</b> Confined to the leg's mailbox. <b>Spec:</b> RFC 3262 §3: from T1, doubling without a cap, for 64*T1.
 */
public final class PrackWait {

    private final TimeSource time;
    private final Executor mailbox;
    private final SipTimers timers;
    private final ServerTransaction transaction;
    private final SipReply response;
    private final Runnable gaveUp;
    private Duration pause;
    private Duration waited = Duration.ZERO;
    private Alarm alarm = () -> {};
    private boolean done;

    private PrackWait(
            TimeSource time,
            Executor mailbox,
            SipTimers timers,
            ServerTransaction transaction,
            SipReply response,
            Runnable gaveUp) {
        this.time = time;
        this.mailbox = mailbox;
        this.timers = timers;
        this.transaction = transaction;
        this.response = response;
        this.gaveUp = gaveUp;
        this.pause = timers.t1();
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
        PrackWait wait = new PrackWait(time, mailbox, timers, transaction, response, gaveUp);
        transaction.reply(response);
        wait.arm();
        return wait;
    }

    private void arm() {
        alarm = time.schedule(pause, () -> mailbox.execute(this::again));
    }

    private void again() {
        if (done) {
            return;
        }
        waited = waited.plus(pause);
        Duration left = timers.transactionLife().minus(waited);
        if (left.isZero() || left.isNegative()) {
            done = true;
            gaveUp.run();
            return;
        }
        transaction.reply(response);
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(left) > 0 ? left : doubled;
        arm();
    }

    /** Its PRACK came, or a final response takes its place. */
    public void stop() {
        done = true;
        alarm.cancel();
    }
}
