package dev.revox.agent.tts.openai;

import dev.revox.RevoxException;
import dev.revox.agent.http.ProviderHttp;
import dev.revox.agent.json.Json;
import dev.revox.agent.tts.TextToSpeech;
import dev.revox.agent.tts.sound.SpeechDeadlines;
import dev.revox.assistant.sound.Voice;
import dev.revox.secret.Secret;
import dev.revox.time.TimeSource;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A voice behind any endpoint that speaks OpenAI's {@code audio/speech}. The protocol takes whole texts only, so an utterance
 * is a row of requests, one per clause, the next one under way while the current one is heard.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class OpenAiSpeech implements TextToSpeech, AutoCloseable {

    /** The rate of {@code response_format: pcm}. */
    public static final int SAMPLE_RATE_HZ = 24_000;

    private final String name;
    private final URI baseUrl;
    private final Secret apiKey;
    private final String model;
    private final SpeechDeadlines deadlines;
    private final TimeSource time;
    private final ProviderHttp http = ProviderHttp.create();

    private OpenAiSpeech(Builder builder, Secret apiKey, TimeSource time) {
        name = builder.name;
        baseUrl = builder.baseUrl;
        model = builder.model;
        deadlines = builder.deadlines;
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
    public int sampleRateHz() {
        return SAMPLE_RATE_HZ;
    }

    @Override
    public Utterance open(Voice voice, Sink sink) {
        return new ClauseByClause(name, clause -> request(voice, clause), http::start, sink, deadlines, time);
    }

    private HttpRequest request(Voice voice, String clause) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("model", model);
        members.put("input", clause);
        members.put("voice", voice.id());
        members.put("response_format", "pcm");
        voice.speed().ifPresent(speed -> members.put("speed", speed));
        return HttpRequest.newBuilder(URI.create(baseUrl + "/audio/speech"))
                .header("Authorization", "Bearer " + apiKey.reveal())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(members)))
                .build();
    }

    @Override
    public void warmUp() {
        http.warmUp(URI.create(baseUrl + "/models"), apiKey);
    }

    /** Closes all connections; utterances under way fail. */
    @Override
    public void close() {
        http.close();
    }

    /** Settings of a voice; {@code apiKey} and {@code time} have no default. */
    public static final class Builder {

        private String name = "openai";
        private URI baseUrl = URI.create("https://api.openai.com/v1");
        private String model = "gpt-4o-mini-tts";
        private SpeechDeadlines deadlines = SpeechDeadlines.DEFAULT;
        private @Nullable Secret apiKey;
        private @Nullable TimeSource time;

        private Builder() {}

        /** Short name for logs and events; {@code openai} when left out. */
        public Builder name(String value) {
            name = value;
            return this;
        }

        /** The endpoint up to and without {@code /audio/speech}; OpenAI's when left out. */
        public Builder baseUrl(URI value) {
            baseUrl = value;
            return this;
        }

        /** {@code gpt-4o-mini-tts} when left out. */
        public Builder model(String value) {
            model = value;
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

        public Builder deadlines(SpeechDeadlines value) {
            deadlines = value;
            return this;
        }

        public OpenAiSpeech build() {
            return new OpenAiSpeech(this, require(apiKey, "apiKey"), require(time, "time"));
        }

        private static <T> T require(@Nullable T value, String field) {
            if (value == null) {
                throw new RevoxException("OpenAiSpeech." + field + " is not set", false);
            }
            return value;
        }
    }
}
