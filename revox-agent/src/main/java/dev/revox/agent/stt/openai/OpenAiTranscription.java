package dev.revox.agent.stt.openai;

import dev.revox.agent.http.ProviderHttp;
import dev.revox.agent.provider.ProviderBuilder;
import dev.revox.agent.provider.ProviderSettings;
import dev.revox.agent.stt.SpeechToText;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * A recogniser behind any endpoint that speaks OpenAI's {@code audio/transcriptions}. It works on whole utterances, so there
 * are no interim words.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class OpenAiTranscription implements SpeechToText, AutoCloseable {

    private final ProviderSettings provider;
    private final TranscriptionRequest requests;
    private final Duration answerWithin;
    private final Duration longestUtterance;
    private final ProviderHttp http = ProviderHttp.create();

    private OpenAiTranscription(ProviderSettings provider, Builder builder) {
        this.provider = provider;
        requests = new TranscriptionRequest(provider, builder.language);
        answerWithin = builder.answerWithin;
        longestUtterance = builder.longestUtterance;
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
        return new WholeUtterances(this, http, provider.time(), sampleRateHz, sink);
    }

    HttpRequest request(short[] pcm, int sampleRateHz) {
        return requests.of(pcm, sampleRateHz);
    }

    Duration answerWithin() {
        return answerWithin;
    }

    Duration longestUtterance() {
        return longestUtterance;
    }

    @Override
    public void warmUp() {
        http.warmUp(provider.at("/models"), provider.apiKey());
    }

    /** Closes all connections; transcriptions under way fail. */
    @Override
    public void close() {
        http.close();
    }

    /**
     * Settings of a recogniser; {@code apiKey} and {@code time} have no default. The base URL goes up to and without {@code
     * /audio/transcriptions}; the model is {@code gpt-4o-mini-transcribe} when left out.
     */
    public static final class Builder extends ProviderBuilder<Builder> {

        private Optional<String> language = Optional.empty();
        private Duration answerWithin = Duration.ofSeconds(6);
        private Duration longestUtterance = Duration.ofSeconds(60);

        private Builder() {
            super("OpenAiTranscription", "openai", URI.create("https://api.openai.com/v1"), "gpt-4o-mini-transcribe");
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** ISO 639-1 code of the language spoken; guessed by the provider when left out. */
        public Builder language(String value) {
            language = Optional.of(value);
            return this;
        }

        /** From the end of an utterance to its words; 6 s when left out. */
        public Builder answerWithin(Duration value) {
            answerWithin = value;
            return this;
        }

        /** An utterance that is longer loses its beginning; 60 s when left out. */
        public Builder longestUtterance(Duration value) {
            longestUtterance = value;
            return this;
        }

        public OpenAiTranscription build() {
            if (longestUtterance.compareTo(Duration.ofSeconds(5)) < 0) {
                throw wrong("longestUtterance", "must be 5 s or more");
            }
            return new OpenAiTranscription(provider(), this);
        }
    }
}
