package dev.revox.agent.tts.cartesia;

import dev.revox.agent.provider.ProviderSettings;
import dev.revox.agent.tts.sound.SocketVoice;
import dev.revox.assistant.sound.Voice;
import java.net.URI;
import java.util.Set;

/**
 * Cartesia's voices, spoken while the text is still being written, with the times of the words.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class CartesiaSpeech extends SocketVoice {

    private static final String API_VERSION = "2025-04-16";
    private static final Set<Integer> RATES_HZ = Set.of(8000, 16_000, 22_050, 24_000, 44_100, 48_000);

    private final CartesiaWords words;
    private final CartesiaSockets sockets;

    private CartesiaSpeech(Settings settings) {
        super(settings);
        ProviderSettings provider = settings.provider();
        words = new CartesiaWords(provider.model(), settings.language(), settings.sampleRateHz());
        sockets = new CartesiaSockets(
                sockets(), provider.at("/tts/websocket?cartesia_version=" + API_VERSION), provider.apiKey());
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Utterance open(Voice voice, Sink sink) {
        CartesiaUtterance utterance = new CartesiaUtterance(settings(), sockets, words, voice, sink);
        utterance.start();
        return utterance;
    }

    /** Begins to open a socket; it is used by the first utterance, even if that comes before it is open. */
    @Override
    public void warmUp() {
        sockets.giveBack(sockets.open(null));
    }

    /**
     * Settings; {@code apiKey} and {@code time} have no default. The base URL goes up to and without {@code /tts/websocket}; the
     * model is {@code sonic-3} when left out.
     */
    public static final class Builder extends SocketVoice.Builder<Builder> {

        private Builder() {
            super("CartesiaSpeech", "cartesia", URI.create("wss://api.cartesia.ai"), "sonic-3", RATES_HZ);
        }

        @Override
        protected Builder self() {
            return this;
        }

        public CartesiaSpeech build() {
            return new CartesiaSpeech(settings());
        }
    }
}
