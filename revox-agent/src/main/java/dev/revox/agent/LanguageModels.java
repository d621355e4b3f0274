package dev.revox.agent;

import dev.revox.agent.llm.LanguageModel;
import dev.revox.assistant.LlmModel;

/**
 * Finds the language model that an assistant or an order names.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
@FunctionalInterface
public interface LanguageModels {

    /**
     * Gives the model, the same instance for the same model where that saves connections.
     *
     * @throws dev.revox.RevoxException when there is no endpoint or key for it; the message says what to set
     */
    LanguageModel resolve(LlmModel model);
}
