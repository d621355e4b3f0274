package dev.revox.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.RevoxException;
import dev.revox.agent.llm.ChatMessage;
import dev.revox.agent.llm.ChatRequest;
import dev.revox.agent.llm.LanguageModel;
import dev.revox.agent.llm.openai.OpenAiModels;
import dev.revox.agent.stream.Cancellable;
import dev.revox.assistant.LlmModel;
import dev.revox.secret.Secret;
import dev.revox.testkit.contract.RecordedCompletion;
import dev.revox.time.ManualTime;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenAiModelsLoopbackIT {

    private static final Secret KEY = Secret.of("sk-models");

    private final ManualTime time = ManualTime.startingAt(Instant.EPOCH);
    private final ChatCompletionsServer server = ChatCompletionsServer.builder()
            .time(time)
            .key(KEY)
            .script(request -> ChatScript.Answer.text("Hello."))
            .start();
    private final OpenAiModels models = OpenAiModels.builder()
            .time(time)
            .dedicated("gpt-4.1", server.baseUrl(), KEY)
            .openRouter(server.baseUrl(), KEY)
            .customUrls(url -> {
                if ("169.254.169.254".equals(url.getHost())) {
                    throw new RevoxException("custom_llm.api_url: this host is not allowed", false);
                }
            })
            .build();

    @AfterEach
    void close() {
        models.close();
        server.close();
    }

    private ChatScript.Request asked(LlmModel model) {
        RecordedCompletion heard = new RecordedCompletion();
        LanguageModel resolved = models.model(model);
        Cancellable unused = resolved.stream(
                new ChatRequest(List.of(new ChatMessage.User("Hi.")), List.of(), Optional.empty()), heard);
        Awaitility.await().until(heard::isOver);
        assertThat(heard.text()).isEqualTo("Hello.");
        return server.requests().getLast();
    }

    @Test
    void a_dedicated_model_goes_to_its_own_endpoint() {
        assertThat(asked(LlmModel.Dedicated.GPT_4_1).model()).isEqualTo("gpt-4.1");
    }

    @Test
    void an_open_router_model_names_its_provider() {
        ChatScript.Request request = asked(new LlmModel.OpenRouter("meta/llama-4", "groq"));

        assertThat(request.model()).isEqualTo("meta/llama-4");
        assertThat(request.json()).contains("\"provider\":{\"order\":[\"groq\"]}");
    }

    @Test
    void a_custom_model_brings_its_endpoint_along() {
        assertThat(asked(new LlmModel.Custom(KEY, server.baseUrl(), "mine")).model())
                .isEqualTo("mine");
    }

    @Test
    void a_custom_model_on_a_forbidden_host_is_refused_before_anything_is_sent() {
        LlmModel metadata = new LlmModel.Custom(KEY, URI.create("http://169.254.169.254/v1"), "mine");

        assertThatThrownBy(() -> models.model(metadata)).hasMessageContaining("not allowed");
    }

    @Test
    void the_same_model_is_made_once() {
        assertThat(models.model(LlmModel.Dedicated.GPT_4_1)).isSameAs(models.model(LlmModel.Dedicated.GPT_4_1));
    }

    @Test
    void a_model_without_settings_names_the_setting_that_is_missing() {
        assertThatThrownBy(() -> models.model(new LlmModel.Dedicated("gpt-5")))
                .isInstanceOf(RevoxException.class)
                .hasMessageContaining("gpt-5")
                .hasMessageContaining("openAi(apiKey)");
    }

    @Test
    void a_realtime_model_is_no_language_model() {
        LlmModel realtime = new LlmModel.Realtime(LlmModel.RealtimeProvider.OPENAI, "gpt-realtime", Optional.empty());

        assertThatThrownBy(() -> models.model(realtime)).hasMessageContaining("speech-to-speech");
    }
}
