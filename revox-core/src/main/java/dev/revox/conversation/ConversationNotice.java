package dev.revox.conversation;

/**
 * News of a conversation that the host may want to follow live. {@code toString}s hold no spoken text.
 *
 * <p><b>Thread:</b> Immutable.
 */
public sealed interface ConversationNotice {

    /** A turn of the person on the line is complete. */
    record UserTurn(String text) implements ConversationNotice {
        @Override
        public String toString() {
            return "UserTurn[" + text.length() + " chars]";
        }
    }

    /** A piece of agent speech is over; {@code heard} is what was played of it. */
    record AgentSpeech(String heard, String generated, boolean interrupted) implements ConversationNotice {
        @Override
        public String toString() {
            return "AgentSpeech[" + heard.length() + " of " + generated.length() + " chars]";
        }
    }

    /** The person began to speak while the agent spoke. */
    record BargeIn(long atNanos) implements ConversationNotice {}

    /**
     * An answer was begun before the person's turn was over.
     *
     * @param used whether it was the right one and is being said; else it was thrown away
     */
    record AnsweredAhead(boolean used) implements ConversationNotice {}

    /** The latencies of one answered turn. */
    record TurnMeasured(TurnLatency latency) implements ConversationNotice {}

    /** A tool was called and has answered. */
    record ToolCalled(String name, boolean error) implements ConversationNotice {}

    /** A provider failed; the call goes on with another or with an apology. */
    record ProviderFault(String provider, String message) implements ConversationNotice {}
}
