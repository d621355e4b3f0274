package dev.revox.agent.llm;

import dev.revox.agent.stream.Cancellable;
import dev.revox.agent.stream.ProviderException;

/**
 * A model that continues a conversation, token by token.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public interface LanguageModel {

    /** Short name for logs and events, e.g. {@code openai}. */
    String name();

    /** Which of the provider's models it is; the name again where that says it. */
    default String model() {
        return name();
    }

    /** Starts one completion. Returns at once; everything else happens on the provider's threads. */
    Cancellable stream(ChatRequest request, Sink sink);

    /** Opens connections and loads classes so that the first turn is not slower than the rest. May block. */
    default void warmUp() {}

    /**
     * Where a completion goes. Calls come one at a time; {@link #done} or {@link #failed} is the last.
     *
     * <p><b>Thread:</b> called on the provider's threads; must not block.
     */
    interface Sink {

        /** Some more text, never empty. */
        void text(String delta);

        /** A complete tool call. */
        void toolCall(ToolCall call);

        /** The model has finished. */
        void done();

        void failed(ProviderException failure);
    }
}
