package dev.revox.call;

import dev.revox.conversation.ConversationSetup;
import java.util.function.Consumer;

/**
 * What a session tells: its observer, whose defects must not reach the call, and the log, where lines name order and attempt and nothing
 * else of the call.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
final class SessionNews {

    private static final System.Logger LOG = System.getLogger("dev.revox.call");

    private final SessionObserver observer;
    private final String call;

    SessionNews(SessionObserver observer, ConversationSetup call) {
        this.observer = observer;
        this.call = " order=" + call.orderId() + " attempt=" + call.attemptId();
    }

    void observe(Consumer<SessionObserver> news) {
        quietly("telling the observer", () -> news.accept(observer));
    }

    void quietly(String what, Runnable step) {
        try {
            step.run();
        } catch (Throwable defect) {
            log(System.Logger.Level.ERROR, what + " failed", defect);
        }
    }

    void log(System.Logger.Level level, String what) {
        LOG.log(level, () -> what + call);
    }

    void log(System.Logger.Level level, String what, Throwable why) {
        LOG.log(level, () -> what + call, why);
    }
}
