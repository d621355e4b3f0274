package dev.revox.sip.signaling.session;

import dev.revox.time.Alarm;
import java.time.Duration;
import java.util.Optional;

/**
 * The alarms of a session that must be refreshed.
 *
 * <p>Whoever refreshes does so at half the interval; both sides give the session up min(32 s, a third) before its end, so that
 * a side that has vanished is noticed.
 *
 * <p><b>Thread:</b> Confined to the leg's mailbox. <b>Spec:</b> RFC 4028 §10.
 */
public final class SessionTimer {

    private static final Duration MOST_GRACE = Duration.ofSeconds(32);

    private final CallContext context;
    private final Runnable refresh;
    private final Runnable expired;
    private Alarm refreshAlarm = () -> {};
    private Alarm expiryAlarm = () -> {};
    private boolean stopped;

    public SessionTimer(CallContext context, Runnable refresh, Runnable expired) {
        this.context = context;
        this.refresh = refresh;
        this.expired = expired;
    }

    /** A 2xx has just set the terms. */
    public void restart(Optional<SessionTerms.Agreed> terms) {
        refreshAlarm.cancel();
        expiryAlarm.cancel();
        if (stopped || terms.isEmpty()) {
            return;
        }
        Duration interval = terms.get().interval();
        Duration third = interval.dividedBy(3);
        Duration grace = third.compareTo(MOST_GRACE) < 0 ? third : MOST_GRACE;
        expiryAlarm = context.after(interval.minus(grace), () -> run(expired));
        if (terms.get().weRefresh()) {
            refreshAlarm = context.after(interval.dividedBy(2), () -> run(refresh));
        }
    }

    /** A refresh failed for a reason that may pass. */
    public void tryAgain(Duration interval) {
        refreshAlarm.cancel();
        refreshAlarm = context.after(interval.dividedBy(8), () -> run(refresh));
    }

    private void run(Runnable what) {
        if (!stopped) {
            what.run();
        }
    }

    public void stop() {
        stopped = true;
        refreshAlarm.cancel();
        expiryAlarm.cancel();
    }
}
