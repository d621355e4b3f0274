package dev.revox.agent.tts.openai;

import dev.revox.agent.http.ProviderHttp;
import dev.revox.agent.json.Json;
import dev.revox.agent.provider.ProviderBuilder;
import dev.revox.agent.provider.ProviderSettings;
import dev.revox.agent.tts.TextToSpeech;
import dev.revox.agent.tts.sound.SpeechDeadlines;
import dev.revox.assistant.sound.Voice;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A voice behind any endpoint that speaks OpenAI's {@code audio/speech}. The protocol takes whole texts only, so an utterance
 * is a row of requests, one per clause, the next one under way while the current one is heard.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class OpenAiSpeech implements TextToSpeech, AutoCloseable {

    /** The rate of {@code response_format: pcm}. */
    public static final int SAMPLE_RATE_HZ = 24_000;

    private final ProviderSettings provider;
    private final SpeechDeadlines deadlines;
    private final ProviderHttp http = ProviderHttp.create();

    private OpenAiSpeech(ProviderSettings provider, SpeechDeadlines deadlines) {
        this.provider = provider;
        this.deadlines = deadlines;
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public int sampleRateHz() {
        return SAMPLE_RATE_HZ;
    }

    @Override
    public Utterance open(Voice voice, Sink sink) {
        return new ClauseByClause(
                provider.name(), clause -> request(voice, clause), http::start, sink, deadlines, provider.time());
    }

    private HttpRequest request(Voice voice, String clause) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("model", provider.model());
        members.put("input", clause);
        members.put("voice", voice.id());
        members.put("response_format", "pcm");
        voice.speed().ifPresent(speed -> members.put("speed", speed));
        return HttpRequest.newBuilder(provider.at("/audio/speech"))
                .header("Authorization", "Bearer " + provider.apiKey().reveal())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(members)))
                .build();
    }

    @Override
    public void warmUp() {
        http.warmUp(provider.at("/models"), provider.apiKey());
    }

    /** Closes all connections; utterances under way fail. */
    @Override
    public void close() {
        http.close();
    }

    /**
     * Settings of a voice; {@code apiKey} and {@code time} have no default. The base URL goes up to and without {@code
     * /audio/speech}; the model is {@code gpt-4o-mini-tts} when left out.
     */
    public static final class Builder extends ProviderBuilder<Builder> {

        private SpeechDeadlines deadlines = SpeechDeadlines.DEFAULT;

        private Builder() {
            super("OpenAiSpeech", "openai", URI.create("https://api.openai.com/v1"), "gpt-4o-mini-tts");
        }

        @Override
        protected Builder self() {
            return this;
        }

        public Builder deadlines(SpeechDeadlines value) {
            deadlines = value;
            return this;
        }

        public OpenAiSpeech build() {
            return new OpenAiSpeech(provider(), deadlines);
        }
    }
}
