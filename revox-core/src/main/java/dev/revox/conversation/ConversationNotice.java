package dev.revox.conversation;

import java.time.Duration;
import java.util.Optional;

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

    /**
     * A tool was called and has answered, or was given up.
     *
     * @param took from the call to the answer
     * @param known whether the agent has such a tool; a model may make up a name, and what it is made of
     */
    record ToolCalled(String name, boolean error, Duration took, boolean known) implements ConversationNotice {}

    /**
     * A language model was asked, and that is over. Models that hear and speak themselves are not told of.
     *
     * @param provider its name, such as {@code openai}
     * @param model which of the provider's models
     * @param firstToken from the request to the first token, if one came
     * @param took from the request to its end
     */
    record ModelAnswered(String provider, String model, Optional<Duration> firstToken, Duration took, End end)
            implements ConversationNotice {

        /** How a request ended. */
        public enum End {
            COMPLETE,
            FAILED,
            /** Nobody wanted the rest: the person spoke, or the turn was not over. */
            DROPPED
        }
    }

    /** A provider failed; the call goes on with another or with an apology. */
    record ProviderFault(String provider, String message) implements ConversationNotice {}
}
