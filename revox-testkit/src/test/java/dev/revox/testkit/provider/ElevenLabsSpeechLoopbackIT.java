package dev.revox.testkit.provider;

import dev.revox.agent.tts.TextToSpeech;
import dev.revox.agent.tts.elevenlabs.ElevenLabsSpeech;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.sound.VoiceProvider;
import dev.revox.secret.Secret;
import dev.revox.testkit.contract.TextToSpeechContract;
import dev.revox.testkit.provider.fault.Fault;
import dev.revox.testkit.provider.socket.ElevenLabsServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class ElevenLabsSpeechLoopbackIT extends TextToSpeechContract {

    private final ElevenLabsServer server = ElevenLabsServer.start(time, Secret.of(KEY), TextToSpeechContract::spoken);
    private final List<ElevenLabsSpeech> voices = new ArrayList<>();

    @AfterEach
    void close() {
        voices.forEach(ElevenLabsSpeech::close);
        server.close();
    }

    private ElevenLabsSpeech voice(URI baseUrl, String key) {
        ElevenLabsSpeech voice = ElevenLabsSpeech.builder()
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
        return Voice.of(VoiceProvider.ELEVENLABS, "voice-1");
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
