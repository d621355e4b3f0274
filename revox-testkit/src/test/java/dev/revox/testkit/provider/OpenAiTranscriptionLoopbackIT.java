package dev.revox.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.agent.stt.SpeechToText;
import dev.revox.agent.stt.openai.OpenAiTranscription;
import dev.revox.secret.Secret;
import dev.revox.testkit.contract.RecordedWords;
import dev.revox.testkit.contract.SpeechToTextContract;
import dev.revox.testkit.provider.fault.Fault;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenAiTranscriptionLoopbackIT extends SpeechToTextContract {

    private final TranscriptionServer server = TranscriptionServer.builder()
            .time(time)
            .key(Secret.of(KEY))
            .recogniser(SpeechToTextContract::understood)
            .start();
    private final List<OpenAiTranscription> recognisers = new ArrayList<>();

    @AfterEach
    void close() {
        recognisers.forEach(OpenAiTranscription::close);
        server.close();
    }

    private OpenAiTranscription recogniser(URI baseUrl, String key) {
        OpenAiTranscription recogniser = OpenAiTranscription.builder()
                .baseUrl(baseUrl)
                .apiKey(Secret.of(key))
                .language("en")
                .time(time)
                .build();
        recognisers.add(recogniser);
        return recogniser;
    }

    @Override
    protected SpeechToText recogniser() {
        return recogniser(server.baseUrl(), KEY);
    }

    @Override
    protected SpeechToText recogniserWithWrongKey() {
        return recogniser(server.baseUrl(), KEY + "-wrong");
    }

    @Override
    protected SpeechToText recogniserWithoutServer() {
        return recogniser(URI.create("http://127.0.0.1:1/v1"), KEY);
    }

    @Override
    protected void failNext(Fault fault) {
        server.failNext(fault);
    }

    @Override
    protected int recognitionsUnderWay() {
        return server.answersUnderWay();
    }

    @Test
    void an_utterance_is_sent_with_300_ms_from_before_it() {
        RecordedWords heard = new RecordedWords();
        try (SpeechToText.Stream stream = recogniser().open(SAMPLE_RATE_HZ, heard)) {
            silence(stream);
            utter(stream, 1, 100);
            Awaitility.await().until(() -> heard.finished().size() == 1);
        }
        TranscriptionServer.Heard sent = server.heard().getFirst();
        assertThat(sent.sampleRateHz()).isEqualTo(SAMPLE_RATE_HZ);
        assertThat(sent.samples()).isEqualTo(SAMPLE_RATE_HZ * 13 / 10);
        assertThat(sent.fields())
                .isEqualTo(Map.of("model", "gpt-4o-mini-transcribe", "response_format", "json", "language", "en"));
    }
}
