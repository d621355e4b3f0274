package dev.revox.sip.signaling.dialog;

import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipReply;
import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Our 2xx to one INVITE, sent again and again until its ACK comes.
 *
 * <p><b>Thread:</b> Confined to the leg's mailbox. <b>Spec:</b> RFC 3261 §13.3.1.4: from T1, doubling up to T2, for 64*T1.
 */
public final class OkRepeater {

    private final TimeSource time;
    private final Executor mailbox;
    private final SipTimers timers;
    private final ServerTransaction transaction;
    private final SipReply ok;
    private final long cseq;
    private final Runnable gaveUp;
    private Duration pause;
    private Duration waited = Duration.ZERO;
    private Alarm alarm = () -> {};
    private boolean done;

    private OkRepeater(
            TimeSource time,
            Executor mailbox,
            SipTimers timers,
            ServerTransaction transaction,
            SipReply ok,
            long cseq,
            Runnable gaveUp) {
        this.time = time;
        this.mailbox = mailbox;
        this.timers = timers;
        this.transaction = transaction;
        this.ok = ok;
        this.cseq = cseq;
        this.gaveUp = gaveUp;
        this.pause = timers.t1();
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
        OkRepeater repeater = new OkRepeater(time, mailbox, timers, transaction, ok, cseq, gaveUp);
        transaction.reply(ok);
        repeater.arm();
        return repeater;
    }

    private void arm() {
        alarm = time.schedule(pause, () -> mailbox.execute(this::again));
    }

    private void again() {
        if (done) {
            return;
        }
        waited = waited.plus(pause);
        if (waited.compareTo(timers.transactionLife()) >= 0) {
            done = true;
            gaveUp.run();
            return;
        }
        transaction.repeat(ok);
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(timers.t2()) > 0 ? timers.t2() : doubled;
        Duration left = timers.transactionLife().minus(waited);
        pause = pause.compareTo(left) > 0 ? left : pause;
        arm();
    }

    /**
     * The INVITE came again after its transaction was gone. The 200 goes out in the new one, which would otherwise stay open: a
     * transaction of an INVITE waits for its user without any timer.
     */
    public void repeatIn(ServerTransaction again) {
        again.reply(ok);
    }

    /** Takes an ACK; true when it is the first for this 2xx. */
    public boolean acknowledgedBy(long ackCseq) {
        if (done || ackCseq != cseq) {
            return false;
        }
        stop();
        return true;
    }

    /** True while no ACK has come. */
    public boolean pending() {
        return !done;
    }

    public void stop() {
        done = true;
        alarm.cancel();
    }
}
