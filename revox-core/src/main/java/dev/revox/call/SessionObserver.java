package dev.revox.call;

import dev.revox.conversation.ConversationNotice;
import java.time.Instant;

/**
 * Who follows a session from outside.
 *
 * <p><b>Thread:</b> called on the call thread, in order; must not block. What it throws is logged and harms no call.
 */
public interface SessionObserver {
    void ringing();

    void earlyMedia();

    void answered(Instant at, String codec);

    void told(ConversationNotice notice);

    /** The last call, exactly once per session. */
    void ended(AttemptResult result);
}
