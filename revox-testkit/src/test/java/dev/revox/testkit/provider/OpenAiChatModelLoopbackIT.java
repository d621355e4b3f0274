package dev.revox.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.agent.llm.ChatMessage;
import dev.revox.agent.llm.ChatRequest;
import dev.revox.agent.llm.LanguageModel;
import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.llm.openai.OpenAiChatModel;
import dev.revox.agent.stream.Cancellable;
import dev.revox.secret.Secret;
import dev.revox.testkit.contract.LanguageModelContract;
import dev.revox.testkit.contract.RecordedCompletion;
import dev.revox.testkit.contract.Waiting;
import dev.revox.testkit.provider.fault.Fault;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenAiChatModelLoopbackIT extends LanguageModelContract {

    private static final int IN_A_ROW = 20;

    /** A request may overtake the connection of the one before on its way back to the pool. */
    private static final int REUSED_CONNECTIONS = 2;

    private static final int CANCELS = 100;

    /** More for each cancel than for the one before, so that some come just before the answer's head and some just behind. */
    private static final int SPINS = 400;

    private final ChatCompletionsServer server = ChatCompletionsServer.builder()
            .time(time)
            .key(Secret.of(KEY))
            .script(request -> request.tools().isEmpty()
                    ? ChatScript.Answer.text(ANSWER)
                    : ChatScript.Answer.call(TOOL, ARGUMENTS))
            .start();
    private final List<OpenAiChatModel> models = new ArrayList<>();

    @AfterEach
    void close() {
        models.forEach(OpenAiChatModel::close);
        server.close();
    }

    private OpenAiChatModel model(URI baseUrl, String key) {
        OpenAiChatModel model = OpenAiChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey(Secret.of(key))
                .model("gpt-4.1")
                .time(time)
                .build();
        models.add(model);
        return model;
    }

    @Override
    protected LanguageModel model() {
        return model(server.baseUrl(), KEY);
    }

    @Override
    protected LanguageModel modelWithWrongKey() {
        return model(server.baseUrl(), KEY + "-wrong");
    }

    @Override
    protected LanguageModel modelWithoutServer() {
        return model(URI.create("http://127.0.0.1:1/v1"), KEY);
    }

    @Override
    protected void failNext(Fault fault) {
        server.failNext(fault);
    }

    @Override
    protected int answersUnderWay() {
        return server.answersUnderWay();
    }

    @Override
    protected int requests() {
        return server.requestCount();
    }

    /** Among them the moment in which the head of the answer comes in, when it belongs to nobody yet. */
    @Test
    void a_cancel_at_any_moment_frees_the_connection() {
        LanguageModel model = model();
        for (int cancelled = 0; cancelled < CANCELS; cancelled++) {
            failNext(new Fault.StallAfter(cancelled % 2));
            Cancellable completion = model.stream(question(), new RecordedCompletion());
            int before = cancelled;
            Waiting.until("the request", () -> requests() > before);
            for (int spins = 0; spins < cancelled * SPINS; spins++) {
                Thread.onSpinWait();
            }

            completion.cancel();

            Waiting.until("the server sees the client go", () -> answersUnderWay() == 0);
        }
    }

    @Test
    void a_call_that_the_model_got_wrong_does_not_spoil_the_next_request() {
        ChatRequest request = new ChatRequest(
                List.of(
                        new ChatMessage.User("A table for two."),
                        new ChatMessage.Assistant(
                                "",
                                List.of(
                                        new ToolCall("call_1", "java.lang.Runtime", "{\"seats\":"),
                                        new ToolCall("call_2", "", "{\"seats\":2}"))),
                        new ChatMessage.ToolResult("call_1", "There is no tool of that name."),
                        new ChatMessage.ToolResult("call_2", "There is no tool of that name.")),
                List.of(),
                Optional.empty());

        assertThat(complete(model(), request).isDone()).isTrue();
        assertThat(server.requests().getLast().json().replace(" ", ""))
                .contains("{\"arguments\":\"{}\",\"name\":\"java_lang_Runtime\"}")
                .contains("{\"arguments\":\"{\\\"seats\\\":2}\",\"name\":\"unknown\"}");
    }

    @Test
    void the_whole_history_is_told_with_tools_calls_and_results() {
        ChatRequest request = new ChatRequest(
                List.of(
                        new ChatMessage.Instructions("You book tables."),
                        new ChatMessage.User("A table for two."),
                        new ChatMessage.Assistant("", List.of(new ToolCall("call_1", "book", "{\"seats\":2}"))),
                        new ChatMessage.ToolResult("call_1", "booked"),
                        new ChatMessage.User("Thanks.")),
                List.of(),
                Optional.empty());

        RecordedCompletion heard = complete(model(), request);

        assertThat(heard.isDone()).isTrue();
        ChatScript.Request told = server.requests().getFirst();
        assertThat(told.model()).isEqualTo("gpt-4.1");
        assertThat(told.messages())
                .extracting(ChatScript.Message::role)
                .containsExactly("system", "user", "assistant", "tool", "user");
        assertThat(told.lastUserText()).isEqualTo("Thanks.");
        assertThat(told.json()).contains("\"tool_call_id\":\"call_1\"", "{\\\"seats\\\":2}");
    }

    @Test
    void a_response_schema_is_sent_and_strict_when_it_is_closed() {
        String schema =
                "{\"type\":\"object\",\"properties\":{\"ok\":{\"type\":\"boolean\"}},\"required\":[\"ok\"],\"additionalProperties\":false}";
        RecordedCompletion heard = complete(
                model(),
                new ChatRequest(
                        List.of(new ChatMessage.User("?")),
                        List.of(),
                        Optional.of(new ChatRequest.ResponseSchema("outcome", schema))));

        assertThat(heard.isDone()).isTrue();
        assertThat(server.requests().getFirst().responseSchema()).contains("outcome");
        assertThat(server.requests().getFirst().json()).contains("\"strict\":true", "\"additionalProperties\":false");
    }

    @Test
    void one_connection_serves_one_answer_after_the_other() {
        LanguageModel model = model();
        complete(model, question());
        complete(model, question());

        assertThat(server.openConnections()).isEqualTo(1);
    }

    @Test
    void refused_requests_leave_their_connection_to_the_ones_behind() {
        LanguageModel model = modelWithWrongKey();
        for (int refused = 0; refused < IN_A_ROW; refused++) {
            assertThat(complete(model, question()).failure()).isNotNull();
        }

        assertThat(server.openConnections()).isLessThanOrEqualTo(REUSED_CONNECTIONS);
    }
}
