package dev.revox.agent.tts.sound;

import dev.revox.agent.provider.ProviderBuilder;
import dev.revox.agent.provider.ProviderSettings;
import dev.revox.agent.socket.WebSockets;
import dev.revox.agent.tts.TextToSpeech;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * A voice over WebSockets of its own: sound comes back while the text is still being written.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public abstract class SocketVoice implements TextToSpeech, AutoCloseable {

    private final Settings settings;
    private final WebSockets sockets;

    protected SocketVoice(Settings settings) {
        this.settings = settings;
        sockets = WebSockets.create(settings.provider().time());
    }

    protected final Settings settings() {
        return settings;
    }

    /** Where its sockets come from; closed with the voice. */
    protected final WebSockets sockets() {
        return sockets;
    }

    @Override
    public final String name() {
        return settings.provider().name();
    }

    @Override
    public final int sampleRateHz() {
        return settings.sampleRateHz();
    }

    /** Closes all sockets; utterances under way fail. */
    @Override
    public final void close() {
        sockets.close();
    }

    /**
     * What such a voice is given.
     *
     * <p><b>Thread:</b> Immutable.
     *
     * @param language ISO 639-1 code of the language spoken
     */
    public record Settings(
            ProviderSettings provider, Optional<String> language, int sampleRateHz, SpeechDeadlines deadlines) {}

    /**
     * The settings that all such voices have; {@code apiKey} and {@code time} have no default.
     *
     * @param <B> the builder itself, for calls in a row
     */
    public abstract static class Builder<B extends Builder<B>> extends ProviderBuilder<B> {

        private final Set<Integer> ratesHz;
        private Optional<String> language = Optional.empty();
        private int sampleRateHz = 24_000;
        private SpeechDeadlines deadlines = SpeechDeadlines.DEFAULT;

        /** @param ratesHz the rates that the provider can give */
        protected Builder(String type, String name, URI baseUrl, String model, Set<Integer> ratesHz) {
            super(type, name, baseUrl, model);
            this.ratesHz = ratesHz;
        }

        /** ISO 639-1 code of the language spoken; the model's default when left out. */
        public B language(String value) {
            language = Optional.of(value);
            return self();
        }

        /** 24 kHz when left out. */
        public B sampleRateHz(int value) {
            sampleRateHz = value;
            return self();
        }

        public B deadlines(SpeechDeadlines value) {
            deadlines = value;
            return self();
        }

        /**
         * What has been set.
         *
         * @throws dev.revox.RevoxException naming the setting that is wrong or missing
         */
        protected final Settings settings() {
            if (!ratesHz.contains(sampleRateHz)) {
                throw wrong("sampleRateHz", "must be one of " + ratesHz);
            }
            return new Settings(provider(), language, sampleRateHz, deadlines);
        }
    }
}
