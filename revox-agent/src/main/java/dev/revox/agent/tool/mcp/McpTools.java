package dev.revox.agent.tool.mcp;

import dev.revox.agent.tool.Tool;
import dev.revox.agent.tool.ToolSource;
import dev.revox.secret.Secret;
import dev.revox.time.SystemTime;
import dev.revox.time.TimeSource;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapperSupplier;
import io.modelcontextprotocol.spec.McpClientTransport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The tools of one MCP server, over Streamable HTTP or as a child process.
 *
 * <p>The server is asked for its tools when the agent warms up and whenever it says that they have changed. A server that is down
 * costs no call: its tools are missing, or answer with an error, while it is tried again and again.
 *
 * <p>The host program names the server, so its address is trusted: the guard against private networks does not stand in between.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class McpTools implements ToolSource {

    private final McpConnection connection;
    private final Optional<SystemTime> ownTime;

    private McpTools(McpConnection connection, Optional<SystemTime> ownTime) {
        this.connection = connection;
        this.ownTime = ownTime;
    }

    /** A server behind a URL, the endpoint's path included. */
    public static Builder http(URI endpoint) {
        Map<String, Secret> headers = new LinkedHashMap<>();
        return new Builder(() -> httpTransport(endpoint, Map.copyOf(headers)), headers);
    }

    /** A server that is started as a child process and spoken to over its standard input and output. */
    public static Builder process(String command, String... arguments) {
        Map<String, Secret> environment = new LinkedHashMap<>();
        List<String> all = List.of(arguments);
        return new Builder(() -> processTransport(command, all, environment), environment);
    }

    @Override
    public void warmUp() {
        connection.connect();
    }

    @Override
    public List<Tool> tools() {
        return connection.tools();
    }

    @Override
    public void close() {
        connection.close();
        ownTime.ifPresent(SystemTime::close);
    }

    private static McpClientTransport httpTransport(URI endpoint, Map<String, Secret> headers) {
        URI root = endpoint.resolve("/");
        String path = endpoint.getRawQuery() == null
                ? endpoint.getRawPath()
                : endpoint.getRawPath() + "?" + endpoint.getRawQuery();
        HttpRequest.Builder requests = HttpRequest.newBuilder();
        headers.forEach((name, value) -> requests.setHeader(name, value.reveal()));
        return HttpClientStreamableHttpTransport.builder(root.toString())
                .endpoint(path)
                .jsonMapper(json())
                .openConnectionOnStartup(true)
                .maxResponseSize(McpSettings.LARGEST_MESSAGE_BYTES)
                // A key must not follow a redirect to somebody else.
                .customizeClient(client -> client.followRedirects(HttpClient.Redirect.NEVER))
                .requestBuilder(requests)
                .build();
    }

    private static McpClientTransport processTransport(
            String command, List<String> arguments, Map<String, Secret> environment) {
        ServerParameters.Builder server = ServerParameters.builder(command).args(arguments);
        environment.forEach((name, value) -> server.addEnvVar(name, value.reveal()));
        StdioClientTransport transport =
                new StdioClientTransport(server.build(), json(), McpSettings.LARGEST_MESSAGE_BYTES);
        // What it writes about itself may hold what was said in a call.
        transport.setStdErrorHandler(line -> {});
        return transport;
    }

    private static McpJsonMapper json() {
        return new JacksonMcpJsonMapperSupplier().get();
    }

    /** Collects the settings. <b>Thread:</b> Confined to its caller. */
    public static final class Builder {

        private final Supplier<McpClientTransport> transport;
        private final Map<String, Secret> secrets;
        private McpSettings settings = McpSettings.DEFAULT;
        private Optional<TimeSource> time = Optional.empty();

        private Builder(Supplier<McpClientTransport> transport, Map<String, Secret> secrets) {
            this.transport = transport;
            this.secrets = secrets;
        }

        /** A header of every request, such as {@code Authorization}; for a process, a variable of its environment. */
        public Builder secret(String name, Secret value) {
            secrets.put(name, value);
            return this;
        }

        /** How long one request may take; 10 s when left out. */
        public Builder deadline(Duration value) {
            settings = settings.withDeadline(value);
            return this;
        }

        /** How long to wait before a server that is down is tried again, doubled each time; 1 s to 1 min when left out. */
        public Builder retries(Duration first, Duration longest) {
            settings = settings.withRetries(first, longest);
            return this;
        }

        /** Only these of the server's tools: a model that is talked into mischief cannot call what it does not have. */
        public Builder only(String... names) {
            settings = settings.withOnly(Set.of(names));
            return this;
        }

        /** Put before the names of the tools, where two servers have tools of the same name. */
        public Builder prefix(String value) {
            settings = settings.withPrefix(value);
            return this;
        }

        /** The clock of the retries; the machine's own when left out. */
        public Builder time(TimeSource source) {
            time = Optional.of(source);
            return this;
        }

        public McpTools build() {
            Optional<SystemTime> own = time.isPresent() ? Optional.empty() : Optional.of(SystemTime.start());
            TimeSource clock = time.or(() -> own).orElseThrow();
            return new McpTools(new McpConnection(transport, settings, clock), own);
        }
    }
}
