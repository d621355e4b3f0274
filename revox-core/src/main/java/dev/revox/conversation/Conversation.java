package dev.revox.conversation;

import java.util.List;

/**
 * The mind of one call: a state machine that turns events into commands and owns no thread.
 *
 * <p><b>Thread:</b> Confined to the call thread. It must not block; its providers work on threads of their own and post to
 * the mailbox.
 */
public interface Conversation {

    /**
     * Takes one event.
     *
     * @param nowNanos engine time of this step
     * @return what the call must do, in order; never {@code null}
     */
    List<ConversationCommand> on(ConversationEvent event, long nowNanos);

    /**
     * Asked after the leg's terminal event, and after each event behind it: whether something that the person said before the end is
     * still being recognised. The call is closed when this turns false, and a few seconds later in any case.
     */
    default boolean awaitsLastWords() {
        return false;
    }

    /** What came of it. Meaningful after the leg's terminal event; before that, what is known so far. */
    ConversationResult result();

    /** Cancels everything still under way at providers. Called once, after the terminal event and the last words. */
    void close();
}
