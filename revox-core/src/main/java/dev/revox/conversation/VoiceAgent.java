package dev.revox.conversation;

import dev.revox.outcome.OutcomeAnalyzer;
import java.util.function.Consumer;

/**
 * Who holds conversations: opens one per call.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public interface VoiceAgent extends AutoCloseable {

    /**
     * Loads models and opens connections so that the first call is not slower than the rest. Called once, on a thread of its own,
     * while calls may be opened already; they need not wait for it. May block until interrupted. It only saves time: what is
     * wrong with the agent is said where the agent is made.
     */
    void warmUp();

    /**
     * Opens the conversation of one call, before it is dialled.
     *
     * @param mailbox where the agent's own threads post what they have; it comes back through {@link Conversation#on} as
     *     {@link ConversationEvent.FromAgent}, in order
     */
    Conversation open(ConversationSetup setup, Consumer<AgentSignal> mailbox);

    /** Works out outcome and structured output after a call. */
    OutcomeAnalyzer analyzer();

    /** Frees connections and threads. Idempotent. */
    @Override
    void close();
}
