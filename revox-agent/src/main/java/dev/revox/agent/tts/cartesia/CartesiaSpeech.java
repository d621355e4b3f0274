package dev.revox.agent.tts.cartesia;

import dev.revox.RevoxException;
import dev.revox.agent.socket.WebSockets;
import dev.revox.agent.tts.TextToSpeech;
import dev.revox.agent.tts.sound.SpeechDeadlines;
import dev.revox.assistant.sound.Voice;
import dev.revox.secret.Secret;
import dev.revox.time.TimeSource;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cartesia's voices, spoken while the text is still being written, with the times of the words.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class CartesiaSpeech implements TextToSpeech, AutoCloseable {

    private static final String API_VERSION = "2025-04-16";
    private static final Set<Integer> RATES_HZ = Set.of(8000, 16_000, 22_050, 24_000, 44_100, 48_000);

    private final String name;
    private final SpeechDeadlines deadlines;
    private final TimeSource time;
    private final CartesiaWords words;
    private final WebSockets webSockets;
    private final CartesiaSockets sockets;

    private CartesiaSpeech(Builder builder, Secret apiKey, TimeSource time) {
        name = builder.name;
        deadlines = builder.deadlines;
        this.time = time;
        words = new CartesiaWords(builder.model, builder.language, builder.sampleRateHz);
        webSockets = WebSockets.create(time);
        sockets = new CartesiaSockets(
                webSockets, URI.create(builder.baseUrl + "/tts/websocket?cartesia_version=" + API_VERSION), apiKey);
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
        return words.sampleRateHz();
    }

    @Override
    public Utterance open(Voice voice, Sink sink) {
        CartesiaUtterance utterance = new CartesiaUtterance(name, sockets, words, voice, sink, deadlines, time);
        utterance.start();
        return utterance;
    }

    /** Begins to open a socket; it is used by the first utterance, even if that comes before it is open. */
    @Override
    public void warmUp() {
        sockets.giveBack(sockets.open(null));
    }

    /** Closes all sockets; utterances under way fail. */
    @Override
    public void close() {
        webSockets.close();
    }

    /** Settings; {@code apiKey} and {@code time} have no default. */
    public static final class Builder {

        private String name = "cartesia";
        private URI baseUrl = URI.create("wss://api.cartesia.ai");
        private String model = "sonic-3";
        private Optional<String> language = Optional.empty();
        private int sampleRateHz = 24_000;
        private SpeechDeadlines deadlines = SpeechDeadlines.DEFAULT;
        private @Nullable Secret apiKey;
        private @Nullable TimeSource time;

        private Builder() {}

        /** Short name for logs and events; {@code cartesia} when left out. */
        public Builder name(String value) {
            name = value;
            return this;
        }

        /** The address up to and without {@code /tts/websocket}; Cartesia's when left out. */
        public Builder baseUrl(URI value) {
            baseUrl = value;
            return this;
        }

        /** {@code sonic-3} when left out. */
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

        public CartesiaSpeech build() {
            if (!RATES_HZ.contains(sampleRateHz)) {
                throw new RevoxException("CartesiaSpeech.sampleRateHz must be one of " + RATES_HZ, false);
            }
            return new CartesiaSpeech(this, require(apiKey, "apiKey"), require(time, "time"));
        }

        private static <T> T require(@Nullable T value, String field) {
            if (value == null) {
                throw new RevoxException("CartesiaSpeech." + field + " is not set", false);
            }
            return value;
        }
    }
}
