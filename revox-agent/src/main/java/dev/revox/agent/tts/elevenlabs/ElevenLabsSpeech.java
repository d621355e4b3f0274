package dev.revox.agent.tts.elevenlabs;

import dev.revox.agent.provider.ProviderSettings;
import dev.revox.agent.tts.sound.SocketVoice;
import dev.revox.assistant.sound.Voice;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * ElevenLabs' voices, spoken while the text is still being written, with the times of the words.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class ElevenLabsSpeech extends SocketVoice {

    private static final Set<Integer> RATES_HZ = Set.of(8000, 16_000, 22_050, 24_000, 44_100);

    private final String query;
    private final VoiceSockets sockets;

    private ElevenLabsSpeech(Settings settings) {
        super(settings);
        ProviderSettings provider = settings.provider();
        query = "?model_id=" + encoded(provider.model()) + "&output_format=pcm_" + settings.sampleRateHz()
                + "&inactivity_timeout="
                + VoiceSockets.INACTIVITY_SECONDS
                + settings.language()
                        .map(code -> "&language_code=" + encoded(code))
                        .orElse("");
        sockets = new VoiceSockets(sockets(), provider.apiKey(), provider.time());
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Utterance open(Voice voice, Sink sink) {
        VoiceSocket socket = sockets.take(
                settings().provider().at("/v1/text-to-speech/" + encoded(voice.id()) + "/stream-input" + query));
        ElevenLabsUtterance utterance = new ElevenLabsUtterance(settings(), voice, socket, sink);
        utterance.start();
        return utterance;
    }

    /**
     * Settings; {@code apiKey} and {@code time} have no default. The base URL goes up to and without {@code /v1}; the model is
     * {@code eleven_flash_v2_5} when left out.
     */
    public static final class Builder extends SocketVoice.Builder<Builder> {

        private Builder() {
            super(
                    "ElevenLabsSpeech",
                    "elevenlabs",
                    URI.create("wss://api.elevenlabs.io"),
                    "eleven_flash_v2_5",
                    RATES_HZ);
        }

        @Override
        protected Builder self() {
            return this;
        }

        public ElevenLabsSpeech build() {
            return new ElevenLabsSpeech(settings());
        }
    }
}
