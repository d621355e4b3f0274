package dev.revox.agent.closing;

import dev.revox.agent.step.Outbox;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Notices that nobody says anything: asks once, then ends the call.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class SilenceWatch {

    public static final String TIMER = "silence";

    private final Duration patience;
    private final LongConsumer ask;
    private final LongConsumer end;
    private final Outbox outbox;
    private boolean asked;

    /**
     * Both are given the engine time of the step.
     *
     * @param ask asks whether the person is still there
     * @param end ends the call
     */
    public SilenceWatch(Duration patience, LongConsumer ask, LongConsumer end, Outbox outbox) {
        this.patience = patience;
        this.ask = ask;
        this.end = end;
        this.outbox = outbox;
    }

    public void userSpoke() {
        asked = false;
    }

    /**
     * Looks after each step.
     *
     * @param silent whether neither side has anything under way
     */
    public void settle(boolean silent, long nowNanos) {
        if (!silent) {
            outbox.disarm(TIMER);
        } else if (!outbox.isArmed(TIMER)) {
            outbox.arm(TIMER, nowNanos + patience.toNanos());
        }
    }

    public void onTimer(long nowNanos) {
        if (asked) {
            end.accept(nowNanos);
        } else {
            asked = true;
            ask.accept(nowNanos);
        }
    }
}
