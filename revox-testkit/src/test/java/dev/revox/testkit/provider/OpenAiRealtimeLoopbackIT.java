package dev.revox.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.agent.realtime.RealtimeModel;
import dev.revox.agent.realtime.openai.OpenAiRealtime;
import dev.revox.media.MediaFormat;
import dev.revox.secret.Secret;
import dev.revox.testkit.contract.realtime.RealtimeModelContract;
import dev.revox.testkit.contract.realtime.RecordedTalk;
import dev.revox.testkit.provider.fault.Fault;
import dev.revox.testkit.provider.realtime.OpenAiRealtimeServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenAiRealtimeLoopbackIT extends RealtimeModelContract {

    private final OpenAiRealtimeServer server = OpenAiRealtimeServer.start(
            time, Secret.of(KEY), SCRIPT, RealtimeModelContract::understood, RealtimeModelContract::spoken);
    private final List<OpenAiRealtime> models = new ArrayList<>();

    @AfterEach
    void close() {
        models.forEach(OpenAiRealtime::close);
        server.close();
    }

    private OpenAiRealtime model(URI baseUrl, String key) {
        OpenAiRealtime model = OpenAiRealtime.builder()
                .baseUrl(baseUrl)
                .apiKey(Secret.of(key))
                .time(time)
                .build();
        models.add(model);
        return model;
    }

    @Override
    protected RealtimeModel model() {
        return model(server.baseUrl(), KEY);
    }

    @Override
    protected RealtimeModel modelWithWrongKey() {
        return model(server.baseUrl(), KEY + "-wrong");
    }

    @Override
    protected RealtimeModel modelWithoutServer() {
        return model(URI.create("ws://127.0.0.1:1/v1"), KEY);
    }

    @Override
    protected void failNext(Fault fault) {
        server.failNext(fault);
    }

    @Override
    protected int responsesUnderWay() {
        return server.responsesUnderWay();
    }

    @Override
    protected int openConnections() {
        return server.openConnections();
    }

    @Test
    void a_line_with_a_law_of_g711_is_spoken_to_in_it() {
        RecordedTalk talk = new RecordedTalk();
        RealtimeModel.SessionRequest request =
                new RealtimeModel.SessionRequest("gpt-realtime", Optional.of("marin"), "Be kind.", List.of());
        try (RealtimeModel.Session session = model().open(request, talk)) {
            session.connected(16_000, new MediaFormat(MediaFormat.Encoding.PCMA, 8000));
            session.respond(1, new RealtimeModel.Prompt.Exactly("Hi!"));
            session.truncate("item-9", 250);
            Awaitility.await().until(() -> talk.isDone(1));
        }
        assertThat(server.updates()).hasSize(2);
        assertThat(server.updates().getFirst()).contains("\"voice\":\"marin\"", "\"turn_detection\":null");
        assertThat(server.updates().getLast()).contains("audio/pcma").doesNotContain("audio/pcm\"");
        assertThat(server.truncations()).containsExactly(new OpenAiRealtimeServer.Truncation("item-9", 250));
    }
}
