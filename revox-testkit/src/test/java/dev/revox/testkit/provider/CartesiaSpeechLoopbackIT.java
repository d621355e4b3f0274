package dev.revox.testkit.provider;

import dev.revox.agent.tts.TextToSpeech;
import dev.revox.agent.tts.cartesia.CartesiaSpeech;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.sound.VoiceProvider;
import dev.revox.secret.Secret;
import dev.revox.testkit.contract.TextToSpeechContract;
import dev.revox.testkit.provider.fault.Fault;
import dev.revox.testkit.provider.socket.CartesiaServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class CartesiaSpeechLoopbackIT extends TextToSpeechContract {

    private final CartesiaServer server = CartesiaServer.start(time, Secret.of(KEY), TextToSpeechContract::spoken);
    private final List<CartesiaSpeech> voices = new ArrayList<>();

    @AfterEach
    void close() {
        voices.forEach(CartesiaSpeech::close);
        server.close();
    }

    private CartesiaSpeech voice(URI baseUrl, String key) {
        CartesiaSpeech voice = CartesiaSpeech.builder()
                .baseUrl(baseUrl)
                .apiKey(Secret.of(key))
                .time(time)
                .build();
        voices.add(voice);
        return voice;
    }

    @Override
    protected TextToSpeech voice() {
        return voice(server.baseUrl(), KEY);
    }

    @Override
    protected TextToSpeech voiceWithWrongKey() {
        return voice(server.baseUrl(), KEY + "-wrong");
    }

    @Override
    protected TextToSpeech voiceWithoutServer() {
        return voice(URI.create("ws://127.0.0.1:1"), KEY);
    }

    @Override
    protected Voice settings() {
        return Voice.of(VoiceProvider.CARTESIA, "voice-1");
    }

    @Override
    protected void failNext(Fault fault) {
        server.failNext(fault);
    }

    @Override
    protected int speechUnderWay() {
        return server.answersUnderWay();
    }

    @Override
    protected boolean tellsWords() {
        return true;
    }
}
