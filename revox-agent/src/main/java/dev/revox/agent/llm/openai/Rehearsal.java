package dev.revox.agent.llm.openai;

import com.openai.client.OpenAIClient;
import com.openai.core.RequestOptions;
import com.openai.core.http.Headers;
import com.openai.core.http.HttpClient;
import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpRequestBody;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import dev.revox.agent.llm.ChatMessage;
import dev.revox.agent.llm.ChatRequest;
import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.llm.ToolSpec;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A completion that never leaves the machine: the SDK's first call loads some thousand classes and costs more than a second,
 * which nobody should wait for on the phone.
 */
final class Rehearsal {

    private static final String ANSWER = """
            data: {"id":"r","object":"chat.completion.chunk","created":1,"model":"r","choices":[{"index":0,"delta":{"role":"assistant","content":"Hello"},"finish_reason":null}]}

            data: {"id":"r","object":"chat.completion.chunk","created":1,"model":"r","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}

            data: [DONE]

            """;

    private final Function<HttpClient, OpenAIClient> clientOver;

    Rehearsal(Function<HttpClient, OpenAIClient> clientOver) {
        this.clientOver = clientOver;
    }

    void run(Requests requests) {
        ChatRequest request = new ChatRequest(
                List.of(
                        new ChatMessage.Instructions("r"),
                        new ChatMessage.User("r"),
                        new ChatMessage.Assistant("r", List.of(new ToolCall("c", "f", "{}"))),
                        new ChatMessage.ToolResult("c", "r"),
                        new ChatMessage.User("r")),
                List.of(new ToolSpec("f", "r", "{\"type\":\"object\",\"properties\":{}}")),
                Optional.empty());
        try (StreamResponse<ChatCompletionChunk> answer =
                clientOver.apply(new Canned()).chat().completions().createStreaming(requests.translate(request))) {
            ToolCalls calls = new ToolCalls();
            answer.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .forEach(choice -> choice.delta().toolCalls().ifPresent(pieces -> pieces.forEach(calls::add)));
        }
    }

    private static final class Canned implements HttpClient {

        @Override
        public HttpResponse execute(HttpRequest request, RequestOptions options) {
            // Writing the request costs as much the first time as reading the answer.
            HttpRequestBody body = request.body();
            if (body != null) {
                body.writeTo(OutputStream.nullOutputStream());
            }
            return new HttpResponse() {
                @Override
                public int statusCode() {
                    return 200;
                }

                @Override
                public Headers headers() {
                    return Headers.builder()
                            .put("Content-Type", "text/event-stream")
                            .build();
                }

                @Override
                public InputStream body() {
                    return new BoundedBody(new ByteArrayInputStream(ANSWER.getBytes(StandardCharsets.UTF_8)));
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
            return CompletableFuture.completedFuture(execute(request, options));
        }

        @Override
        public void close() {}
    }
}
