package dev.revox.agent.realtime.gemini;

import dev.revox.agent.provider.ProviderBuilder;
import dev.revox.agent.provider.ProviderSettings;
import dev.revox.agent.realtime.RealtimeModel;
import dev.revox.agent.socket.WebSockets;
import java.net.URI;
import java.util.Map;

/**
 * Google's models that listen and speak themselves.
 *
 * <p>Sound goes out as 16 kHz PCM and comes back as 24 kHz PCM; turns are marked by us: the provider's own activity detection is
 * off. The provider cannot be told how much was heard of what it said.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class GeminiLive implements RealtimeModel, AutoCloseable {

    private static final String PATH = "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent";

    private final ProviderSettings provider;
    private final WebSockets sockets;

    private GeminiLive(ProviderSettings provider) {
        this.provider = provider;
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
        GeminiSession session = new GeminiSession(provider.name(), sink);
        // In a header, because addresses end up in logs.
        session.attach(
                sockets.connect(provider.at(PATH), Map.of("x-goog-api-key", provider.apiKey()), session), request);
        return session;
    }

    /** Closes all sockets; sessions under way are lost. */
    @Override
    public void close() {
        sockets.close();
    }

    /**
     * Settings; {@code apiKey} and {@code time} have no default. The base URL goes up to and without {@code /ws}; which model is used
     * is said by each session.
     */
    public static final class Builder extends ProviderBuilder<Builder> {

        private Builder() {
            super(
                    "GeminiLive",
                    "gemini-live",
                    URI.create("wss://generativelanguage.googleapis.com"),
                    "gemini-2.5-flash-native-audio-preview-09-2025");
        }

        @Override
        protected Builder self() {
            return this;
        }

        public GeminiLive build() {
            return new GeminiLive(provider());
        }
    }
}
