package dev.revox.dispatch.desk;

import dev.revox.call.Mailbox;
import dev.revox.store.StoreConflictException;
import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * The one mailbox on which orders are decided about, and its patience with the store: a step that lost a race is done again at
 * once, a step that met a store out of order is done again later.
 *
 * <p>Steps must read the rows they decide on themselves, so that doing one again is right.
 *
 * <p><b>Thread:</b> Thread-safe; the steps run one at a time.
 */
public final class Desk {
    private static final System.Logger LOG = System.getLogger("dev.revox.dispatch");
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final Mailbox<Runnable> box;
    private final TimeSource time;

    public Desk(Executor executor, TimeSource time) {
        this.box = new Mailbox<>(executor, Runnable::run);
        this.time = time;
    }

    /** Does a step once its turn comes, and again until it has been done. */
    public void post(String what, Runnable step) {
        box.post(() -> attempt(what, step, FIRST_PAUSE));
    }

    /** Posts a step after a while. */
    public Alarm postIn(Duration wait, String what, Runnable step) {
        return time.schedule(wait, () -> post(what, step));
    }

    private void attempt(String what, Runnable step, Duration pause) {
        try {
            step.run();
        } catch (StoreConflictException conflict) {
            if (conflict.reason() == StoreConflictException.Reason.VERSION) {
                box.post(() -> attempt(what, step, pause));
            } else {
                LOG.log(System.Logger.Level.WARNING, () -> what + " is no longer ours to do: " + conflict.getMessage());
            }
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.ERROR, () -> what + " failed and is tried again in " + pause, fault);
            Duration doubled = pause.multipliedBy(2);
            Duration next = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
            Alarm unused = time.schedule(pause, () -> box.post(() -> attempt(what, step, next)));
        }
    }
}
