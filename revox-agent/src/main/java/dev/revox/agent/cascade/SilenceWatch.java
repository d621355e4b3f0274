package dev.revox.agent.cascade;

import dev.revox.agent.closing.Closing;
import dev.revox.agent.step.Outbox;
import dev.revox.attempt.EndReason;
import java.time.Duration;

/**
 * Notices that nobody says anything: asks once, then ends the call.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
final class SilenceWatch {

    static final String TIMER = "silence";

    private final Duration patience;
    private final Replies replies;
    private final Closing closing;
    private final Outbox outbox;
    private boolean asked;

    SilenceWatch(Duration patience, Replies replies, Closing closing, Outbox outbox) {
        this.patience = patience;
        this.replies = replies;
        this.closing = closing;
        this.outbox = outbox;
    }

    void userSpoke() {
        asked = false;
    }

    /**
     * Looks after each step.
     *
     * @param silent whether neither side has anything under way
     */
    void settle(boolean silent, long nowNanos) {
        if (!silent) {
            outbox.disarm(TIMER);
        } else if (!outbox.isArmed(TIMER)) {
            outbox.arm(TIMER, nowNanos + patience.toNanos());
        }
    }

    void onTimer(long nowNanos) {
        if (asked) {
            closing.endByAgent(EndReason.USER_SILENCE, nowNanos);
        } else {
            asked = true;
            replies.askStillThere(nowNanos);
        }
    }
}
