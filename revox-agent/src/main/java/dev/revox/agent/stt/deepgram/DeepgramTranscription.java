package dev.revox.agent.stt.deepgram;

import dev.revox.agent.provider.ProviderBuilder;
import dev.revox.agent.provider.ProviderSettings;
import dev.revox.agent.socket.WebSockets;
import dev.revox.agent.stt.SpeechToText;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Deepgram's streaming recognition: interim words while somebody speaks, and the last ones at once when our own ear says that
 * speech is over.
 *
 * <p>Where utterances end is decided by our voice detector alone, so Deepgram's own endpointing is off and each end of speech is
 * told with {@code Finalize}.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class DeepgramTranscription implements SpeechToText, AutoCloseable {

    /** What most telephone lines run at; a socket for another rate is replaced when the call is up. */
    private static final int LIKELY_RATE_HZ = 8000;

    private final ProviderSettings provider;
    private final Optional<String> language;
    private final Duration openWithin;
    private final Duration wordsWithin;
    private final WebSockets sockets;

    private DeepgramTranscription(ProviderSettings provider, Builder builder) {
        this.provider = provider;
        language = builder.language;
        openWithin = builder.openWithin;
        wordsWithin = builder.wordsWithin;
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
    public Stream open(int sampleRateHz, Sink sink) {
        return new DeepgramStream(this, sampleRateHz, sink, Optional.empty());
    }

    /** Opens the call's socket and keeps it alive while it rings. */
    @Override
    public Preparation prepare() {
        return new DeepgramPreparation(this, LIKELY_RATE_HZ);
    }

    DeepgramSocket connect(int sampleRateHz) {
        DeepgramSocket socket = new DeepgramSocket(provider, sampleRateHz, openWithin, wordsWithin);
        socket.open(sockets, address(sampleRateHz));
        return socket;
    }

    private URI address(int sampleRateHz) {
        StringBuilder query = new StringBuilder("/v1/listen?encoding=linear16&channels=1&interim_results=true")
                .append("&punctuate=true&endpointing=false&sample_rate=")
                .append(sampleRateHz)
                .append("&model=")
                .append(URLEncoder.encode(provider.model(), StandardCharsets.UTF_8));
        language.ifPresent(code -> query.append("&language=").append(URLEncoder.encode(code, StandardCharsets.UTF_8)));
        return provider.at(query.toString());
    }

    /** Closes all sockets; streams under way fail. */
    @Override
    public void close() {
        sockets.close();
    }

    /**
     * Settings; {@code apiKey} and {@code time} have no default. The base URL goes up to and without {@code /v1/listen}; the
     * model is {@code nova-3} when left out.
     */
    public static final class Builder extends ProviderBuilder<Builder> {

        private Optional<String> language = Optional.empty();
        private Duration openWithin = Duration.ofSeconds(5);
        private Duration wordsWithin = Duration.ofMillis(1500);

        private Builder() {
            super("DeepgramTranscription", "deepgram", URI.create("wss://api.deepgram.com"), "nova-3");
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** The language spoken, as Deepgram names it ({@code en}, {@code fr}, {@code multi}); the model's own when left out. */
        public Builder language(String value) {
            language = Optional.of(value);
            return this;
        }

        /** From the first attempt to connect to an open socket; 5 s when left out. */
        public Builder openWithin(Duration value) {
            openWithin = value;
            return this;
        }

        /** From the end of speech to its last words; 1.5 s when left out. */
        public Builder wordsWithin(Duration value) {
            wordsWithin = value;
            return this;
        }

        public DeepgramTranscription build() {
            if (openWithin.isNegative() || openWithin.isZero()) {
                throw wrong("openWithin", "must be longer than zero");
            }
            if (wordsWithin.isNegative() || wordsWithin.isZero()) {
                throw wrong("wordsWithin", "must be longer than zero");
            }
            return new DeepgramTranscription(provider(), this);
        }
    }
}
