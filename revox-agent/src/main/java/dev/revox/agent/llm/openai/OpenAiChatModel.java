package dev.revox.agent.llm.openai;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientImpl;
import com.openai.core.ClientOptions;
import com.openai.core.LogLevel;
import com.openai.core.ObjectMappers;
import com.openai.core.http.HttpClient;
import dev.revox.agent.http.ProviderHttp;
import dev.revox.agent.llm.ChatRequest;
import dev.revox.agent.llm.LanguageModel;
import dev.revox.agent.provider.ProviderBuilder;
import dev.revox.agent.provider.ProviderSettings;
import dev.revox.agent.stream.Cancellable;
import dev.revox.secret.Secret;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A language model behind any endpoint that speaks OpenAI's chat completions.
 *
 * <p>Requests are never retried here: on a phone line a second attempt at the same provider is worth less than the fallback
 * that the caller keeps.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class OpenAiChatModel implements LanguageModel, AutoCloseable {

    /** OpenAI's own endpoint. */
    public static final URI OPENAI = URI.create("https://api.openai.com/v1");

    private static final int DEEPEST_JSON = 64;

    private final ProviderSettings provider;
    private final ProviderHttp http;
    private final boolean ownsHttp;
    private final OpenAIClient client;
    private final Requests requests;
    private final ModelDeadlines deadlines;
    private final Rehearsal rehearsal;

    private OpenAiChatModel(ProviderSettings provider, Builder builder) {
        this.provider = provider;
        deadlines = builder.deadlines;
        ownsHttp = builder.http == null;
        http = builder.http == null ? ProviderHttp.create() : builder.http;
        JsonMapper json = boundedJson();
        requests = new Requests(json, provider.model(), builder.extraMembers);
        Executor threads = task -> Thread.ofVirtual().name("revox-llm-sdk").start(task);
        client = client(new SdkTransport(http.client(), threads), provider.baseUrl(), provider.apiKey(), json, threads);
        rehearsal = new Rehearsal(canned -> client(canned, provider.baseUrl(), Secret.of("none"), json, threads));
    }

    private static JsonMapper boundedJson() {
        JsonMapper json = ObjectMappers.jsonMapper().copy();
        json.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST_JSON)
                        .maxStringLength(BoundedBody.LONGEST_LINE_BYTES)
                        .maxDocumentLength(BoundedBody.LONGEST_BODY_BYTES)
                        .build());
        return json;
    }

    // Everything is named: what is left out the SDK would take from environment variables of its own.
    private static OpenAIClient client(
            HttpClient transport, URI baseUrl, Secret apiKey, JsonMapper json, Executor threads) {
        return new OpenAIClientImpl(ClientOptions.builder()
                .httpClient(transport)
                .baseUrl(baseUrl.toString())
                .apiKey(apiKey.reveal())
                .jsonMapper(json)
                .streamHandlerExecutor(threads)
                .maxRetries(0)
                .disableTelemetry(true)
                .logLevel(LogLevel.OFF)
                .build());
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public String model() {
        return provider.model();
    }

    @Override
    public Cancellable stream(ChatRequest request, Sink sink) {
        Completion completion =
                new Completion(client, requests.translate(request), sink, provider.name(), deadlines, provider.time());
        completion.start();
        return completion;
    }

    /**
     * Runs a canned answer through the SDK, which loads its classes, and opens a connection. Both only make the first turn
     * faster, so neither can fail.
     */
    @Override
    public void warmUp() {
        rehearsal.run(requests);
        http.warmUp(provider.at("/models"), provider.apiKey());
    }

    /** Closes the connections that this model opened for itself. */
    @Override
    public void close() {
        if (ownsHttp) {
            http.close();
        }
    }

    /**
     * Settings of a model; {@code apiKey}, {@code model} and {@code time} have no default. The base URL goes up to and without
     * {@code /chat/completions}; {@link #OPENAI} when left out.
     */
    public static final class Builder extends ProviderBuilder<Builder> {

        private ModelDeadlines deadlines = ModelDeadlines.DEFAULT;
        private Map<String, Object> extraMembers = Map.of();
        private @Nullable ProviderHttp http;

        private Builder() {
            super("OpenAiChatModel", "openai", OPENAI);
        }

        @Override
        protected Builder self() {
            return this;
        }

        public Builder deadlines(ModelDeadlines value) {
            deadlines = value;
            return this;
        }

        /** Connections shared with others; own ones when left out. */
        public Builder http(ProviderHttp value) {
            http = value;
            return this;
        }

        /** Members of the request's JSON that this endpoint has beyond OpenAI's. */
        Builder extraMembers(Map<String, Object> value) {
            extraMembers = value;
            return this;
        }

        public OpenAiChatModel build() {
            return new OpenAiChatModel(provider(), this);
        }
    }
}
