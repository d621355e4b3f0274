package dev.revox.agent.llm.openai;

import static dev.revox.agent.provider.ProviderSettings.required;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.revox.RevoxException;
import dev.revox.agent.http.ProviderHttp;
import dev.revox.agent.llm.LanguageModel;
import dev.revox.assistant.LlmModel;
import dev.revox.secret.Secret;
import dev.revox.time.TimeSource;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The language models that assistants name, as far as they speak chat completions: dedicated ones with the engine's own
 * endpoints and keys, those behind OpenRouter, and custom endpoints that the assistant brings along.
 *
 * <p>A model's client is kept as long as it is among the {@value #KEPT} that were used last; all share one set of connections.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class OpenAiModels implements AutoCloseable {

    /** OpenRouter's endpoint. */
    public static final URI OPEN_ROUTER = URI.create("https://openrouter.ai/api/v1");

    private static final int KEPT = 256;

    /** An endpoint and the key for it. */
    private record Endpoint(URI baseUrl, Secret apiKey) {}

    private record Key(String name, Endpoint endpoint, String model, String route) {}

    private final ProviderHttp http = ProviderHttp.create();
    private final Map<String, Endpoint> dedicated;
    private final Optional<Endpoint> openAi;
    private final Optional<Endpoint> openRouter;
    private final UrlPolicy customUrls;
    private final TimeSource time;
    private final ModelDeadlines deadlines;
    private final Cache<Key, OpenAiChatModel> models =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    private OpenAiModels(Builder builder, UrlPolicy customUrls, TimeSource time) {
        dedicated = Map.copyOf(builder.dedicated);
        openAi = Optional.ofNullable(builder.openAi);
        openRouter = Optional.ofNullable(builder.openRouter);
        this.customUrls = customUrls;
        this.time = time;
        deadlines = builder.deadlines;
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * The model that an assistant names.
     *
     * @throws RevoxException when the engine has no endpoint or key for it, or may not call it
     */
    public LanguageModel model(LlmModel wanted) {
        return switch (wanted) {
            case LlmModel.Dedicated named -> kept(new Key("openai", endpoint(named), named.name(), ""));
            case LlmModel.OpenRouter routed ->
                kept(new Key(
                        "openrouter",
                        openRouter.orElseThrow(() -> new RevoxException(
                                "llm_model " + routed.modelId() + " needs OpenAiModels.openRouter(apiKey)", false)),
                        routed.modelId(),
                        routed.provider()));
            case LlmModel.Custom custom -> {
                customUrls.check(custom.apiUrl());
                yield kept(new Key("custom", new Endpoint(custom.apiUrl(), custom.apiKey()), custom.modelName(), ""));
            }
            case LlmModel.Realtime realtime ->
                throw new RevoxException(
                        "llm_model " + realtime.modelId() + " is a speech-to-speech model, not one of text", false);
        };
    }

    private Endpoint endpoint(LlmModel.Dedicated named) {
        Endpoint own = dedicated.get(named.name());
        return own != null
                ? own
                : openAi.orElseThrow(() -> new RevoxException(
                        "llm_model " + named.name()
                                + " needs OpenAiModels.openAi(apiKey) or .dedicated(name, baseUrl, apiKey)",
                        false));
    }

    private OpenAiChatModel kept(Key key) {
        return models.get(key, this::create);
    }

    private OpenAiChatModel create(Key key) {
        return OpenAiChatModel.builder()
                .name(key.name())
                .baseUrl(key.endpoint().baseUrl())
                .apiKey(key.endpoint().apiKey())
                .model(key.model())
                .extraMembers(
                        key.route().isEmpty() ? Map.of() : Map.of("provider", Map.of("order", List.of(key.route()))))
                .deadlines(deadlines)
                .time(time)
                .http(http)
                .build();
    }

    /** Closes all connections; completions under way fail. */
    @Override
    public void close() {
        http.close();
    }

    /** Settings; {@code time} and {@code customUrls} have no default. */
    public static final class Builder {

        private final Map<String, Endpoint> dedicated = new HashMap<>();
        private ModelDeadlines deadlines = ModelDeadlines.DEFAULT;
        private @Nullable Endpoint openAi;
        private @Nullable Endpoint openRouter;
        private @Nullable UrlPolicy customUrls;
        private @Nullable TimeSource time;

        private Builder() {}

        /** OpenAI serves every dedicated model that has no endpoint of its own. */
        public Builder openAi(Secret apiKey) {
            return openAi(OpenAiChatModel.OPENAI, apiKey);
        }

        /** This endpoint serves every dedicated model that has none of its own. */
        public Builder openAi(URI baseUrl, Secret apiKey) {
            openAi = new Endpoint(baseUrl, apiKey);
            return this;
        }

        /** The endpoint of one dedicated model. */
        public Builder dedicated(String name, URI baseUrl, Secret apiKey) {
            dedicated.put(name, new Endpoint(baseUrl, apiKey));
            return this;
        }

        public Builder openRouter(Secret apiKey) {
            return openRouter(OPEN_ROUTER, apiKey);
        }

        /** OpenRouter's protocol at another address. */
        public Builder openRouter(URI baseUrl, Secret apiKey) {
            openRouter = new Endpoint(baseUrl, apiKey);
            return this;
        }

        /** Judges the URLs of custom models, each time one is asked for. */
        public Builder customUrls(UrlPolicy value) {
            customUrls = value;
            return this;
        }

        public Builder deadlines(ModelDeadlines value) {
            deadlines = value;
            return this;
        }

        public Builder time(TimeSource value) {
            time = value;
            return this;
        }

        public OpenAiModels build() {
            return new OpenAiModels(
                    this, required(customUrls, "OpenAiModels.customUrls"), required(time, "OpenAiModels.time"));
        }
    }
}
