package dev.revox.agent.stt.openai;

import dev.revox.RevoxException;
import dev.revox.agent.http.ProviderHttp;
import dev.revox.agent.stt.SpeechToText;
import dev.revox.secret.Secret;
import dev.revox.time.TimeSource;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A recogniser behind any endpoint that speaks OpenAI's {@code audio/transcriptions}. It works on whole utterances, so there
 * are no interim words.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class OpenAiTranscription implements SpeechToText, AutoCloseable {

    private final String name;
    private final URI baseUrl;
    private final Secret apiKey;
    private final TranscriptionRequest requests;
    private final Duration answerWithin;
    private final Duration longestUtterance;
    private final TimeSource time;
    private final ProviderHttp http = ProviderHttp.create();

    private OpenAiTranscription(Builder builder, Secret apiKey, TimeSource time) {
        name = builder.name;
        baseUrl = builder.baseUrl;
        answerWithin = builder.answerWithin;
        longestUtterance = builder.longestUtterance;
        requests = new TranscriptionRequest(builder.baseUrl, apiKey, builder.model, builder.language);
        this.apiKey = apiKey;
        this.time = time;
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Stream open(int sampleRateHz, Sink sink) {
        return new WholeUtterances(this, http, time, sampleRateHz, sink);
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
        http.warmUp(URI.create(baseUrl + "/models"), apiKey);
    }

    /** Closes all connections; transcriptions under way fail. */
    @Override
    public void close() {
        http.close();
    }

    /** Settings of a recogniser; {@code apiKey} and {@code time} have no default. */
    public static final class Builder {

        private String name = "openai";
        private URI baseUrl = URI.create("https://api.openai.com/v1");
        private String model = "gpt-4o-mini-transcribe";
        private Optional<String> language = Optional.empty();
        private Duration answerWithin = Duration.ofSeconds(6);
        private Duration longestUtterance = Duration.ofSeconds(60);
        private @Nullable Secret apiKey;
        private @Nullable TimeSource time;

        private Builder() {}

        /** Short name for logs and events; {@code openai} when left out. */
        public Builder name(String value) {
            name = value;
            return this;
        }

        /** The endpoint up to and without {@code /audio/transcriptions}; OpenAI's when left out. */
        public Builder baseUrl(URI value) {
            baseUrl = value;
            return this;
        }

        /** {@code gpt-4o-mini-transcribe} when left out. */
        public Builder model(String value) {
            model = value;
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

        public Builder apiKey(Secret value) {
            apiKey = value;
            return this;
        }

        public Builder time(TimeSource value) {
            time = value;
            return this;
        }

        public OpenAiTranscription build() {
            if (longestUtterance.compareTo(Duration.ofSeconds(5)) < 0) {
                throw new RevoxException("OpenAiTranscription.longestUtterance must be 5 s or more", false);
            }
            return new OpenAiTranscription(this, require(apiKey, "apiKey"), require(time, "time"));
        }

        private static <T> T require(@Nullable T value, String field) {
            if (value == null) {
                throw new RevoxException("OpenAiTranscription." + field + " is not set", false);
            }
            return value;
        }
    }
}
