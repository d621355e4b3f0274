package dev.revox.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.revox.assistant.tool.DataField;
import dev.revox.assistant.tool.FieldType;
import dev.revox.assistant.tool.HttpMethod;
import dev.revox.assistant.tool.HttpTool;
import dev.revox.conversation.ConversationNotice.ToolCalled;
import dev.revox.http.OutgoingHttp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP tools in whole calls, over a network that lives in memory. */
class HttpToolTest {

    private static final String CALENDAR = "https://calendar.example/{{city}}";

    private final List<InetSocketAddress> connected = new ArrayList<>();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    private static HttpTool tool(String url) {
        return new HttpTool(
                "look",
                "Looks something up.",
                HttpMethod.GET,
                url,
                List.of(new HttpTool.Parameter("X-Key", "{{key}}")),
                List.of(),
                Optional.empty(),
                List.of(new DataField("city", FieldType.STRING, true, Optional.empty(), List.of())));
    }

    private ScriptedCall script(String url, String leadsTo, String reply) {
        ScriptedCall script = ScriptedCall.script();
        return script.variable("key", "key-9876543")
                .assistant(assistant -> assistant.tools(List.of(tool(url))))
                .agent(agent -> agent.toolHttp(OutgoingHttp.builder(script.time())
                        .executor(script.time())
                        .resolver(host -> List.of(InetAddress.getByName(leadsTo)))
                        .connector((address, opened) -> peer(address, reply))
                        .build()))
                .callerSays(ms(500), ms(1500), "Is there a table?")
                .llmAnswersAndCalls("", "look", "{\"city\":\"Rome\"}", ms(200))
                .llmAnswers("Let me tell you.", ms(200));
    }

    private Socket peer(InetSocketAddress address, String reply) {
        connected.add(address);
        return new Socket() {
            @Override
            public InputStream getInputStream() {
                return new ByteArrayInputStream(reply.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public OutputStream getOutputStream() {
                return sent;
            }
        };
    }

    @Test
    void a_tool_of_the_assistant_answers_in_the_call() {
        CallTimeline call = script(
                        CALENDAR.replace("https", "http"),
                        "93.184.215.14",
                        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nfree at 8")
                .run(Duration.ofSeconds(8));

        assertThat(call.transcript()).contains("tool: free at 8").endsWith("assistant: Let me tell you.");
        assertThat(connected).hasSize(1);
        assertThat(sent.toString(StandardCharsets.UTF_8))
                .startsWith("GET /Rome HTTP/1.1\r\n")
                .contains("X-Key: key-9876543\r\n");
        assertThat(call.modelRequests())
                .noneMatch(request -> request.messages().toString().contains("9876543"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "127.0.0.1",
                "0.0.0.0",
                "10.1.2.3",
                "192.168.1.1",
                "172.16.0.1",
                "100.64.0.1",
                "::1",
                "fd00::1",
                "fe80::1",
                "::ffff:127.0.0.1",
                "64:ff9b::a9fe:a9fe"
            })
    void a_name_that_leads_into_a_private_network_is_never_connected_to(String address) {
        CallTimeline call =
                script(CALENDAR, address, "HTTP/1.1 200 OK\r\n\r\nsecret").run(Duration.ofSeconds(8));

        assertThat(connected).isEmpty();
        assertThat(call.told(ToolCalled.class))
                .extracting(ToolCalled::name, ToolCalled::error)
                .containsExactly(tuple("look", true));
        assertThat(call.transcript())
                .anyMatch(line -> line.startsWith("tool: The request failed: the host leads to an address"))
                .endsWith("assistant: Let me tell you.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/"})
    void addresses_in_disguise_are_refused(String url) {
        CallTimeline call =
                script(url, "93.184.215.14", "HTTP/1.1 200 OK\r\n\r\nsecret").run(Duration.ofSeconds(8));

        assertThat(connected).isEmpty();
        assertThat(call.told(ToolCalled.class))
                .extracting(ToolCalled::name, ToolCalled::error)
                .containsExactly(tuple("look", true));
    }

    @Test
    void a_redirect_into_a_private_network_is_not_followed() {
        CallTimeline call = script(
                        CALENDAR.replace("https", "http"),
                        "93.184.215.14",
                        "HTTP/1.1 302 Found\r\nLocation: http://2852039166/latest/meta-data\r\nContent-Length: 0\r\n\r\n")
                .run(Duration.ofSeconds(8));

        assertThat(connected).hasSize(1);
        assertThat(call.told(ToolCalled.class))
                .extracting(ToolCalled::name, ToolCalled::error)
                .containsExactly(tuple("look", true));
    }

    @Test
    void the_host_is_never_taken_from_an_argument() {
        CallTimeline call = script("https://{{city}}.example/", "93.184.215.14", "HTTP/1.1 200 OK\r\n\r\nsecret")
                .run(Duration.ofSeconds(8));

        assertThat(connected).isEmpty();
        assertThat(call.told(ToolCalled.class))
                .extracting(ToolCalled::name, ToolCalled::error)
                .containsExactly(tuple("look", true));
    }
}
