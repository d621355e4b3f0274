package dev.revox.agent.tts.elevenlabs;

import dev.revox.RevoxException;
import dev.revox.agent.socket.WebSockets;
import dev.revox.agent.tts.TextToSpeech;
import dev.revox.agent.tts.sound.SpeechDeadlines;
import dev.revox.assistant.sound.Voice;
import dev.revox.secret.Secret;
import dev.revox.time.TimeSource;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * ElevenLabs' voices, spoken while the text is still being written, with the times of the words.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class ElevenLabsSpeech implements TextToSpeech, AutoCloseable {

    private static final Set<Integer> RATES_HZ = Set.of(8000, 16_000, 22_050, 24_000, 44_100);

    private final String name;
    private final URI baseUrl;
    private final String query;
    private final int sampleRateHz;
    private final SpeechDeadlines deadlines;
    private final TimeSource time;
    private final WebSockets webSockets;
    private final VoiceSockets sockets;

    private ElevenLabsSpeech(Builder builder, Secret apiKey, TimeSource time) {
        name = builder.name;
        baseUrl = builder.baseUrl;
        sampleRateHz = builder.sampleRateHz;
        deadlines = builder.deadlines;
        query = "?model_id=" + encoded(builder.model) + "&output_format=pcm_" + sampleRateHz + "&inactivity_timeout="
                + VoiceSockets.INACTIVITY_SECONDS
                + builder.language
                        .map(code -> "&language_code=" + encoded(code))
                        .orElse("");
        this.time = time;
        webSockets = WebSockets.create(time);
        sockets = new VoiceSockets(webSockets, apiKey, time);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
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
        return sampleRateHz;
    }

    @Override
    public Utterance open(Voice voice, Sink sink) {
        VoiceSocket socket = sockets.take(
                URI.create(baseUrl + "/v1/text-to-speech/" + encoded(voice.id()) + "/stream-input" + query));
        ElevenLabsUtterance utterance =
                new ElevenLabsUtterance(name, voice, socket, sink, deadlines, sampleRateHz, time);
        utterance.start();
        return utterance;
    }

    /** Closes all sockets; utterances under way fail. */
    @Override
    public void close() {
        webSockets.close();
    }

    /** Settings; {@code apiKey} and {@code time} have no default. */
    public static final class Builder {

        private String name = "elevenlabs";
        private URI baseUrl = URI.create("wss://api.elevenlabs.io");
        private String model = "eleven_flash_v2_5";
        private Optional<String> language = Optional.empty();
        private int sampleRateHz = 24_000;
        private SpeechDeadlines deadlines = SpeechDeadlines.DEFAULT;
        private @Nullable Secret apiKey;
        private @Nullable TimeSource time;

        private Builder() {}

        /** Short name for logs and events; {@code elevenlabs} when left out. */
        public Builder name(String value) {
            name = value;
            return this;
        }

        /** The address up to and without {@code /v1}; ElevenLabs' when left out. */
        public Builder baseUrl(URI value) {
            baseUrl = value;
            return this;
        }

        /** {@code eleven_flash_v2_5} when left out. */
        public Builder model(String value) {
            model = value;
            return this;
        }

        /** ISO 639-1 code of the language spoken; the model's default when left out. */
        public Builder language(String value) {
            language = Optional.of(value);
            return this;
        }

        /** 24 kHz when left out. */
        public Builder sampleRateHz(int value) {
            sampleRateHz = value;
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

        public ElevenLabsSpeech build() {
            if (!RATES_HZ.contains(sampleRateHz)) {
                throw new RevoxException("ElevenLabsSpeech.sampleRateHz must be one of " + RATES_HZ, false);
            }
            return new ElevenLabsSpeech(this, require(apiKey, "apiKey"), require(time, "time"));
        }

        private static <T> T require(@Nullable T value, String field) {
            if (value == null) {
                throw new RevoxException("ElevenLabsSpeech." + field + " is not set", false);
            }
            return value;
        }
    }
}
