package dev.revox.agent.realtime.openai;

import dev.revox.agent.provider.ProviderBuilder;
import dev.revox.agent.provider.ProviderSettings;
import dev.revox.agent.realtime.RealtimeModel;
import dev.revox.agent.socket.WebSockets;
import dev.revox.secret.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * OpenAI's models that listen and speak themselves.
 *
 * <p>On a line with G.711 sound goes out and comes back as G.711, else as 24 kHz PCM. Turns are committed by us: the provider's own
 * voice detection is off.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class OpenAiRealtime implements RealtimeModel, AutoCloseable {

    private final ProviderSettings provider;
    private final String transcriber;
    private final Optional<String> language;
    private final WebSockets sockets;

    private OpenAiRealtime(ProviderSettings provider, Builder builder) {
        this.provider = provider;
        transcriber = builder.transcriber;
        language = builder.language;
        sockets = WebSockets.create(provider.time());
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public Session open(SessionRequest request, Sink sink) {
        OpenAiMessages messages = new OpenAiMessages(request, transcriber, language);
        OpenAiSession session = new OpenAiSession(provider.name(), messages, sink);
        String model = URLEncoder.encode(request.modelId(), StandardCharsets.UTF_8);
        session.attach(sockets.connect(
                provider.at("/realtime?model=" + model),
                Map.of("Authorization", Secret.of("Bearer " + provider.apiKey().reveal())),
                session));
        return session;
    }

    /** Closes all sockets; sessions under way are lost. */
    @Override
    public void close() {
        sockets.close();
    }

    /**
     * Settings; {@code apiKey} and {@code time} have no default. The base URL goes up to and without {@code /realtime}; which model is
     * used is said by each session.
     */
    public static final class Builder extends ProviderBuilder<Builder> {

        private String transcriber = "gpt-4o-mini-transcribe";
        private Optional<String> language = Optional.empty();

        private Builder() {
            super("OpenAiRealtime", "openai-realtime", URI.create("wss://api.openai.com/v1"), "gpt-realtime");
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** The model that writes down what the person says; {@code gpt-4o-mini-transcribe} when left out. */
        public Builder transcriber(String value) {
            transcriber = value;
            return this;
        }

        /** ISO 639-1 code of the language spoken, for the transcript; guessed when left out. */
        public Builder language(String value) {
            language = Optional.of(value);
            return this;
        }

        public OpenAiRealtime build() {
            return new OpenAiRealtime(provider(), this);
        }
    }
}
