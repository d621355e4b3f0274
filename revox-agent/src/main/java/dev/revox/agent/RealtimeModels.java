package dev.revox.agent;

import dev.revox.RevoxException;
import dev.revox.agent.realtime.RealtimeDeadlines;
import dev.revox.agent.realtime.RealtimeModel;
import dev.revox.assistant.LlmModel;
import dev.revox.assistant.LlmModel.RealtimeProvider;
import java.util.Collection;
import java.util.Map;

/** The models of an agent that listen and speak themselves. <b>Thread:</b> Immutable. */
record RealtimeModels(Map<RealtimeProvider, RealtimeModel> models, RealtimeDeadlines deadlines) {

    RealtimeModels {
        models = Map.copyOf(models);
    }

    RealtimeModel of(LlmModel.Realtime wanted) {
        RealtimeModel model = models.get(wanted.provider());
        if (model == null) {
            throw new RevoxException(
                    "llm_model: there is no key for realtime models of "
                            + wanted.provider().wireName() + "; call VoiceAgents.builder()."
                            + remedy(wanted.provider()),
                    false);
        }
        return model;
    }

    Collection<RealtimeModel> all() {
        return models.values();
    }

    private static String remedy(RealtimeProvider provider) {
        return switch (provider) {
            case OPENAI -> "openAi(key)";
            case GOOGLE -> "google(key)";
        };
    }
}
