package dev.revox.assistant;

import dev.revox.secret.Secret;
import java.net.URI;
import java.util.Optional;

/**
 * Which language model holds the conversation.
 *
 * <p><b>Thread:</b> Immutable.
 */
public sealed interface LlmModel {

    /** A model that the engine's settings give an endpoint and a key for. */
    record Dedicated(String name) implements LlmModel {
        public static final Dedicated GPT_4_1 = new Dedicated("gpt-4.1");
    }

    /** A model reached through OpenRouter. */
    record OpenRouter(String modelId, String provider) implements LlmModel {}

    /** Any endpoint that speaks OpenAI's chat completions. */
    record Custom(Secret apiKey, URI apiUrl, String modelName) implements LlmModel {}

    /** A speech-to-speech model. */
    record Realtime(RealtimeProvider provider, String modelId, Optional<String> voiceId) implements LlmModel {}

    /** Who runs a speech-to-speech model. */
    enum RealtimeProvider {
        OPENAI("openai"),
        GOOGLE("google");

        private final String wireName;

        RealtimeProvider(String wireName) {
            this.wireName = wireName;
        }

        /** The value as the call API writes it. */
        public String wireName() {
            return wireName;
        }
    }
}
