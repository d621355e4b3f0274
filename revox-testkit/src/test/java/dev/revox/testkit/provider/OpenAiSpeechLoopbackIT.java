package dev.revox.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.tts.TextToSpeech;
import dev.revox.agent.tts.openai.OpenAiSpeech;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.sound.VoiceProvider;
import dev.revox.secret.Secret;
import dev.revox.testkit.contract.RecordedSpeech;
import dev.revox.testkit.contract.TextToSpeechContract;
import dev.revox.testkit.provider.fault.Fault;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenAiSpeechLoopbackIT extends TextToSpeechContract {

    private final SpeechServer server = SpeechServer.builder()
            .time(time)
            .key(Secret.of(KEY))
            .speaker(TextToSpeechContract::spoken)
            .start();
    private final List<OpenAiSpeech> voices = new ArrayList<>();

    @AfterEach
    void close() {
        voices.forEach(OpenAiSpeech::close);
        server.close();
    }

    private OpenAiSpeech voice(URI baseUrl, String key) {
        OpenAiSpeech voice = OpenAiSpeech.builder()
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
        return voice(URI.create("http://127.0.0.1:1/v1"), KEY);
    }

    @Override
    protected Voice settings() {
        return Voice.of(VoiceProvider.OPENAI, "alloy");
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
        return false;
    }

    @Test
    void a_sentence_is_heard_before_the_next_one_is_known_and_though_the_next_one_fails() {
        RecordedSpeech heard = new RecordedSpeech();
        TextToSpeech.Utterance utterance = voice().open(settings(), heard);
        utterance.text("Hello there.");
        int first = spoken("Hello there.", OpenAiSpeech.SAMPLE_RATE_HZ).length;
        Awaitility.await().until(() -> heard.samples() == first);

        server.failNext(Fault.refuse(500));
        utterance.text("How are you today?");

        Awaitility.await().until(heard::isOver);
        assertFailed(heard, ProviderException.Kind.SERVER);
        assertThat(heard.samples()).isEqualTo(first);
    }
}
