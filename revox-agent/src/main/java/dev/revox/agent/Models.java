package dev.revox.agent;

import dev.revox.RevoxException;
import dev.revox.agent.llm.LanguageModel;
import dev.revox.assistant.LlmModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The language models of an agent. <b>Thread:</b> Immutable. */
final class Models {

    private final List<LanguageModel> configured;
    private final Optional<LanguageModels> resolver;

    Models(List<LanguageModel> configured, Optional<LanguageModels> resolver) {
        this.configured = List.copyOf(configured);
        this.resolver = resolver;
    }

    /**
     * The model of a call, then those that take over from it. Without a way to look models up, those that the host configured
     * hold every conversation, whatever model an order names: the page's default names one always.
     */
    List<LanguageModel> forCall(Optional<LlmModel> wanted) {
        List<LanguageModel> models = new ArrayList<>();
        if (resolver.isPresent() || configured.isEmpty()) {
            // What a speech-to-speech model talked about is written down by one that reads and writes.
            wanted.filter(model -> !(model instanceof LlmModel.Realtime))
                    .ifPresent(model -> models.add(resolve(model)));
        }
        for (LanguageModel model : configured) {
            if (!models.contains(model)) {
                models.add(model);
            }
        }
        if (models.isEmpty()) {
            models.add(resolve(LlmModel.Dedicated.GPT_4_1));
        }
        return models;
    }

    List<LanguageModel> configured() {
        return configured;
    }

    private LanguageModel resolve(LlmModel model) {
        return resolver.orElseThrow(() -> new RevoxException(
                        "llm_model: the agent cannot look up models by name; call VoiceAgents.builder().languageModels(...)",
                        false))
                .resolve(model);
    }
}
