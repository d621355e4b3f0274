package dev.revox.testkit.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.revox.RevoxException;
import dev.revox.secret.Secret;
import dev.revox.testkit.provider.fault.Fault;
import dev.revox.testkit.server.HttpCall;
import dev.revox.time.TimeSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A language model on 127.0.0.1 that speaks OpenAI's chat completions, streamed and whole, and answers what a script says.
 *
 * <p>It refuses what OpenAI would refuse: a wrong key with 401, a request without model or messages with 400.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class ChatCompletionsServer implements AutoCloseable {

    private final ChatScript script;
    private final Duration firstToken;
    private final Duration tokenPace;
    private final HttpProvider http;
    private final List<ChatScript.Request> requests = new CopyOnWriteArrayList<>();

    private ChatCompletionsServer(Builder builder, TimeSource time, Secret key, ChatScript script) {
        this.script = script;
        firstToken = builder.firstToken;
        tokenPace = builder.tokenPace;
        http = new HttpProvider("/v1/chat/completions", key.reveal(), time, this::serve);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** What to give clients as base URL. */
    public URI baseUrl() {
        return http.baseUrl();
    }

    /** The next request fails so; further calls queue up. */
    public void failNext(Fault fault) {
        http.faults.next(fault);
    }

    /** All requests without a fault of their own fail so; empty ends that. */
    public void failAlways(Optional<Fault> fault) {
        http.faults.always(fault);
    }

    /** What was asked so far. */
    public List<ChatScript.Request> requests() {
        return List.copyOf(requests);
    }

    /** Requests so far, refused ones with the right key among them. */
    public int requestCount() {
        return http.served();
    }

    public int openConnections() {
        return http.openConnections();
    }

    /** Answers that are neither complete nor given up by their clients. */
    public int answersUnderWay() {
        return http.underWay();
    }

    private void serve(HttpCall call, Optional<Fault> fault) {
        String body = new String(call.body(), StandardCharsets.UTF_8);
        JsonNode root;
        try {
            root = http.json.readTree(body);
        } catch (JsonProcessingException e) {
            http.refuse(call, 400, "We could not parse the JSON body of your request.");
            return;
        }
        if (root.path("model").asText().isEmpty()
                || !root.path("messages").isArray()
                || root.path("messages").isEmpty()) {
            http.refuse(call, 400, "you must provide a model parameter and messages");
            return;
        }
        ChatScript.Request request = request(root, body);
        requests.add(request);
        ChatScript.Answer answer =
                fault.orElse(null) instanceof Fault.Empty ? ChatScript.Answer.text("") : script.answer(request);
        ChatEvents events = new ChatEvents(http.json, request.model(), answer);
        if (root.path("stream").asBoolean()) {
            call.begin(200, "text/event-stream; charset=utf-8");
            http.writeInPieces(call, events.stream(), firstToken, tokenPace, fault);
        } else {
            call.begin(200, "application/json");
            http.writeInPieces(call, List.of(events.whole()), firstToken, tokenPace, fault);
        }
    }

    private static ChatScript.Request request(JsonNode root, String body) {
        List<ChatScript.Message> messages = new ArrayList<>();
        root.get("messages")
                .forEach(message -> messages.add(new ChatScript.Message(
                        message.path("role").asText(), message.path("content").asText())));
        List<String> tools = new ArrayList<>();
        root.path("tools")
                .forEach(tool -> tools.add(tool.path("function").path("name").asText()));
        Optional<String> schema = Optional.of(root.path("response_format")
                        .path("json_schema")
                        .path("name")
                        .asText())
                .filter(name -> !name.isEmpty());
        return new ChatScript.Request(root.get("model").asText(), messages, tools, schema, body);
    }

    @Override
    public void close() {
        http.close();
    }

    /** Settings of the server; {@code time}, {@code key} and {@code script} have no default. */
    public static final class Builder {

        private Duration firstToken = Duration.ZERO;
        private Duration tokenPace = Duration.ZERO;
        private @Nullable TimeSource time;
        private @Nullable Secret key;
        private @Nullable ChatScript script;

        private Builder() {}

        /** The time that paces are measured in. */
        public Builder time(TimeSource value) {
            time = value;
            return this;
        }

        /** The key that clients must show. */
        public Builder key(Secret value) {
            key = value;
            return this;
        }

        public Builder script(ChatScript value) {
            script = value;
            return this;
        }

        /** From the request to the first token; at once when left out. */
        public Builder firstToken(Duration value) {
            firstToken = value;
            return this;
        }

        /** From token to token; all at once when left out. */
        public Builder tokenPace(Duration value) {
            tokenPace = value;
            return this;
        }

        public ChatCompletionsServer start() {
            return new ChatCompletionsServer(
                    this, require(time, "time"), require(key, "key"), require(script, "script"));
        }

        private static <T> T require(@Nullable T value, String field) {
            if (value == null) {
                throw new RevoxException("ChatCompletionsServer." + field + " is not set", false);
            }
            return value;
        }
    }
}
