package dev.revox.sip.signaling.dialog;

import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Something that is sent again and again, each time after twice the pause, until it is stopped or 64*T1 are over.
 *
 * <p><b>Thread:</b> Confined to the leg's mailbox. <b>Spec:</b> RFC 3261 §13.3.1.4 (up to T2), RFC 3262 §3 (without a cap).
 */
final class Repetition {

    /** What to do, and when to give up; both run in the mailbox. */
    record Plan(Runnable again, Runnable gaveUp) {}

    private final TimeSource time;
    private final Executor mailbox;
    private final Plan plan;
    private final Duration longestPause;
    private Duration left;
    private Duration pause;
    private Alarm alarm = () -> {};
    private boolean done;

    private Repetition(TimeSource time, Executor mailbox, SipTimers timers, Duration longestPause, Plan plan) {
        this.time = time;
        this.mailbox = mailbox;
        this.plan = plan;
        this.longestPause = longestPause;
        left = timers.transactionLife();
        pause = timers.t1();
    }

    /** Begins to wait; the first time has been sent already. */
    static Repetition start(TimeSource time, Executor mailbox, SipTimers timers, Duration longestPause, Plan plan) {
        Repetition repetition = new Repetition(time, mailbox, timers, longestPause, plan);
        repetition.arm();
        return repetition;
    }

    private void arm() {
        alarm = time.schedule(pause, () -> mailbox.execute(this::again));
    }

    private void again() {
        if (done) {
            return;
        }
        left = left.minus(pause);
        if (left.isZero() || left.isNegative()) {
            done = true;
            plan.gaveUp().run();
            return;
        }
        plan.again().run();
        pause = shorter(shorter(pause.multipliedBy(2), longestPause), left);
        arm();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** True until it is stopped or given up. */
    boolean pending() {
        return !done;
    }

    void stop() {
        done = true;
        alarm.cancel();
    }
}
