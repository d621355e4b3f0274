package dev.revox.testkit.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.agent.tool.Tool;
import dev.revox.agent.tool.ToolContext;
import dev.revox.agent.tool.ToolOutput;
import dev.revox.agent.tool.http.HttpTools;
import dev.revox.assistant.tool.DataField;
import dev.revox.assistant.tool.FieldType;
import dev.revox.assistant.tool.HttpMethod;
import dev.revox.assistant.tool.HttpTool;
import dev.revox.http.HttpLimits;
import dev.revox.http.OutgoingHttp;
import dev.revox.order.Direction;
import dev.revox.testkit.server.HttpCall;
import dev.revox.testkit.server.LocalServer;
import dev.revox.time.SystemTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An HTTP tool's exchange with a real server. */
class HttpToolLoopbackIT {

    private static final List<DataField> FIELDS = List.of(
            field("city", FieldType.STRING, true),
            field("guests", FieldType.NUMBER, false),
            field("smoking", FieldType.BOOLEAN, false),
            field("day", FieldType.DATE, false),
            field("time", FieldType.STRING, false));

    private final SystemTime time = SystemTime.start();
    private final BlockingQueue<HttpCall> requests = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        time.close();
    }

    private static DataField field(String name, FieldType type, boolean required) {
        return new DataField(name, type, required, Optional.empty(), List.of());
    }

    private LocalServer server(Consumer<HttpCall> answer) {
        return LocalServer.http(call -> {
            requests.add(call);
            answer.accept(call);
        });
    }

    private Tool tool(HttpTool described, HttpLimits limits) {
        OutgoingHttp http = OutgoingHttp.builder(time).allowHost("127.0.0.1").build();
        return new HttpTools(http, limits).of(List.of(described)).getFirst();
    }

    private static HttpTool post(LocalServer server, String body) {
        return new HttpTool(
                "book_table",
                "Books a table.",
                HttpMethod.POST,
                "http://127.0.0.1:" + server.port() + "/cities/{{city}}/tables",
                List.of(
                        new HttpTool.Parameter("Authorization", "Bearer {{api_key}}"),
                        new HttpTool.Parameter("X-Guests", "{{guests}}")),
                List.of(
                        new HttpTool.Parameter("q", "table in {{city}}"),
                        new HttpTool.Parameter("guests", "{{guests}}"),
                        new HttpTool.Parameter("time", "{{time}}")),
                Optional.of(body),
                FIELDS);
    }

    private static ToolContext context(Map<String, String> variables) {
        return new ToolContext("order-1", "attempt-1", Direction.OUTBOUND, variables, Optional.empty());
    }

    private static ToolOutput call(Tool tool, Map<String, Object> arguments) throws Exception {
        return tool.call(arguments, context(Map.of("api_key", "secret-key-0123", "name", "Dana", "time", "10:00")))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private static void json(HttpCall call, int status, String body) {
        call.respond(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void arguments_and_variables_fill_url_query_headers_and_typed_body() throws Exception {
        try (LocalServer server = server(call -> json(call, 200, "{\"table\":7}"))) {
            Tool tool = tool(post(server, """
                    {"city":"{{city}}","guests":"{{guests}}","smoking":"{{smoking}}","day":"{{day}}",
                     "note":"for {{name}} on {{day}}","list":["{{guests}}","{{day}}"]}"""), HttpLimits.DEFAULT);

            ToolOutput output = call(tool, Map.of("city", "../a&b=\"{{api_key}}\"", "guests", 2.0, "smoking", false));

            assertThat(output).isEqualTo(ToolOutput.of("{\"table\":7}"));
            HttpCall request = requests.take();
            assertThat(request.method()).isEqualTo("POST");
            // The optional argument "time" was left out: the built-in variable of that name does not take its place.
            assertThat(request.target())
                    .isEqualTo("/cities/..%2Fa%26b%3D%22%7B%7Bapi_key%7D%7D%22/tables"
                            + "?q=table%20in%20..%2Fa%26b%3D%22%7B%7Bapi_key%7D%7D%22&guests=2");
            assertThat(request.header("Authorization")).contains("Bearer secret-key-0123");
            assertThat(request.header("X-Guests")).contains("2");
            assertThat(request.header("Content-Type")).contains("application/json");
            assertThat(new String(request.body(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"city\":\"../a&b=\\\"{{api_key}}\\\"\",\"guests\":2,\"smoking\":false,"
                            + "\"note\":\"for Dana on \",\"list\":[2,null]}");
        }
    }

    @Test
    void a_get_has_no_body() throws Exception {
        try (LocalServer server = server(call -> json(call, 200, "ok"))) {
            HttpTool get = new HttpTool(
                    "look",
                    "Looks.",
                    HttpMethod.GET,
                    "http://127.0.0.1:" + server.port() + "/x?a=1",
                    List.of(),
                    List.of(new HttpTool.Parameter("city", "{{city}}")),
                    Optional.of("{}"),
                    FIELDS);

            assertThat(call(tool(get, HttpLimits.DEFAULT), Map.of("city", "Rome")))
                    .isEqualTo(ToolOutput.of("ok"));
            HttpCall request = requests.take();
            assertThat(request.target()).isEqualTo("/x?a=1&city=Rome");
            assertThat(request.body()).isEmpty();
        }
    }

    @Test
    void a_refusal_is_an_error_with_its_text_and_without_the_key_that_was_sent() throws Exception {
        try (LocalServer server = server(call -> json(
                call,
                422,
                "{\"error\":\"full\",\"you sent\":\""
                        + call.header("Authorization").orElse("") + "\"}"))) {
            ToolOutput output = call(tool(post(server, "{}"), HttpLimits.DEFAULT), Map.of("city", "Rome"));

            assertThat(output.error()).isTrue();
            assertThat(output.text()).contains("status 422").contains("full").doesNotContain("secret-key-0123");
        }
    }

    @Test
    void a_line_break_in_a_header_is_never_sent() throws Exception {
        try (LocalServer server = server(call -> json(call, 200, "ok"))) {
            HttpTool tool = new HttpTool(
                    "look",
                    "Looks.",
                    HttpMethod.POST,
                    "http://127.0.0.1:" + server.port() + "/",
                    List.of(new HttpTool.Parameter("X-City", "{{city}}")),
                    List.of(),
                    Optional.empty(),
                    FIELDS);

            ToolOutput output = call(tool(tool, HttpLimits.DEFAULT), Map.of("city", "Rome\r\nX-Admin: yes"));

            assertThat(output.error()).isTrue();
            assertThat(output.text()).startsWith("Nothing was sent").doesNotContain("X-Admin");
            assertThat(requests).isEmpty();
        }
    }

    @Test
    void a_reply_that_is_too_large_or_too_late_or_no_text_is_no_dead_call() throws Exception {
        try (LocalServer server = server(call -> {
            switch (call.path()) {
                case "/cities/large/tables" -> json(call, 200, "x".repeat(5000));
                case "/cities/picture/tables" -> call.respond(200, "image/png", new byte[300]);
                case "/cities/cut/tables" -> {
                    call.begin(200, "application/json");
                    call.cut("{\"half".getBytes(StandardCharsets.UTF_8));
                }
                default -> {} // and no answer at all
            }
        })) {
            Tool tool = tool(
                    post(server, "{}"),
                    HttpLimits.DEFAULT.withMaxBodyBytes(4096).withDeadline(Duration.ofMillis(700)));

            assertThat(call(tool, Map.of("city", "large")).error()).isTrue();
            assertThat(call(tool, Map.of("city", "cut")).error()).isTrue();
            assertThat(call(tool, Map.of("city", "picture")).text()).isEqualTo("(300 bytes that are no text.)");
            ToolOutput late = call(tool, Map.of("city", "never"));
            assertThat(late.error()).isTrue();
            assertThat(late.text()).contains("700 ms").doesNotContain("127.0.0.1");
        }
    }

    @Test
    void a_cancelled_call_closes_its_connection() throws Exception {
        CompletableFuture<Boolean> gone = new CompletableFuture<>();
        try (LocalServer server = server(call -> call.onOver(() -> gone.complete(true)))) {
            CompletableFuture<ToolOutput> output = tool(post(server, "{}"), HttpLimits.DEFAULT)
                    .call(Map.of("city", "Rome"), context(Map.of("api_key", "k")))
                    .toCompletableFuture();
            requests.take();

            output.cancel(true);

            assertThat(gone.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void the_model_is_told_a_closed_schema() {
        Tool tool = tool(
                new HttpTool(
                        "book",
                        "Books.",
                        HttpMethod.POST,
                        "https://example.com/",
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        List.of(
                                new DataField("kind", FieldType.ENUM, true, Optional.of("which"), List.of("a", "b")),
                                field("day", FieldType.DATE, false),
                                field("at", FieldType.DATETIME, false))),
                HttpLimits.DEFAULT);

        assertThat(tool.spec().parametersJsonSchema())
                .isEqualTo("{\"type\":\"object\",\"properties\":{\"kind\":{\"type\":\"string\",\"enum\":[\"a\",\"b\"],"
                        + "\"description\":\"which\"},\"day\":{\"type\":\"string\",\"format\":\"date\"},"
                        + "\"at\":{\"type\":\"string\",\"format\":\"date-time\"}},\"required\":[\"kind\"],"
                        + "\"additionalProperties\":false}");
        assertThat(tool.input().problem(Map.of("kind", "a", "day", "5 March")))
                .contains("argument day must be a date such as 2026-03-05");
        assertThat(tool.input()
                        .problem(Map.of("kind", "a", "at", "2026-03-05T15:00:00"))
                        .orElseThrow())
                .startsWith("argument at must be a date and time with its offset");
        assertThat(tool.input().problem(Map.of("kind", "a", "at", "2026-03-05T15:00:00Z")))
                .isEmpty();
    }
}
