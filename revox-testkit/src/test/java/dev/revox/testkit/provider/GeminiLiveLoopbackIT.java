package dev.revox.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.agent.realtime.RealtimeModel;
import dev.revox.agent.realtime.gemini.GeminiLive;
import dev.revox.agent.stream.ProviderException.Kind;
import dev.revox.secret.Secret;
import dev.revox.testkit.contract.realtime.RealtimeModelContract;
import dev.revox.testkit.contract.realtime.RecordedTalk;
import dev.revox.testkit.provider.fault.Fault;
import dev.revox.testkit.provider.realtime.GeminiLiveServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GeminiLiveLoopbackIT extends RealtimeModelContract {

    private final GeminiLiveServer server = GeminiLiveServer.start(
            time, Secret.of(KEY), SCRIPT, RealtimeModelContract::understood, RealtimeModelContract::spoken);
    private final List<GeminiLive> models = new ArrayList<>();

    @AfterEach
    void close() {
        models.forEach(GeminiLive::close);
        server.close();
    }

    private GeminiLive model(URI baseUrl, String key) {
        GeminiLive model = GeminiLive.builder()
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
        return model(URI.create("ws://127.0.0.1:1"), KEY);
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
    void a_session_that_is_about_to_end_is_given_up_when_nothing_is_being_said() {
        RecordedTalk talk = new RecordedTalk();
        RealtimeModel.SessionRequest request =
                new RealtimeModel.SessionRequest("model-1", Optional.empty(), "Be kind.", List.of());
        try (RealtimeModel.Session session = model().open(request, talk)) {
            session.respond(1, new RealtimeModel.Prompt.Exactly("Hi!"));
            Awaitility.await().until(() -> talk.isDone(1));

            server.goAway();

            Awaitility.await().until(() -> talk.losses().size() == 1);
        }
        assertThat(talk.losses().getFirst().kind()).isEqualTo(Kind.CONNECTION);
    }
}
