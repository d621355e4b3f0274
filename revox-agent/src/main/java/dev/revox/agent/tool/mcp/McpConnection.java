package dev.revox.agent.tool.mcp;

import dev.revox.agent.tool.Tool;
import dev.revox.agent.tool.ToolOutput;
import dev.revox.assistant.tool.HttpTool;
import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The connection with one server, made anew when it is lost.
 *
 * <p>A request that fails says little: the tool may be slow while the server is well. So a failure is followed by a ping, and only
 * when that fails too is the connection given up. The tools stay listed meanwhile and answer with an error.
 *
 * <p><b>Thread:</b> Thread-safe. Connecting blocks its thread; nothing else does.
 */
final class McpConnection {

    private static final System.Logger LOG = System.getLogger("dev.revox.agent.tool.mcp");

    /** What a server's tools give back goes to a model, which needs no schema for it. */
    private static final JsonSchemaValidator NO_JUDGE =
            (schema, content) -> JsonSchemaValidator.ValidationResponse.asValid("");

    private final Supplier<McpClientTransport> transports;
    private final McpSettings settings;
    private final TimeSource time;
    private volatile List<Tool> tools = List.of();
    private @Nullable McpAsyncClient client;
    private Alarm retry = () -> {};
    private boolean begun;
    private boolean connecting;
    private boolean closed;
    private int failures;

    McpConnection(Supplier<McpClientTransport> transports, McpSettings settings, TimeSource time) {
        this.transports = transports;
        this.settings = settings;
        this.time = time;
    }

    /** The tools as they were listed last. The first question makes the connection, if nobody has. */
    List<Tool> tools() {
        boolean first;
        synchronized (this) {
            first = !begun;
            begun = true;
        }
        if (first) {
            connectAside();
        }
        return tools;
    }

    /** Connects and lists the tools, unless that is done. */
    void connect() {
        synchronized (this) {
            begun = true;
            if (closed || connecting || client != null) {
                return;
            }
            connecting = true;
        }
        McpAsyncClient fresh = null;
        try {
            fresh = open(transports.get());
            fresh.initialize().block(settings.deadline());
            List<McpSchema.Tool> listed = fresh.listTools()
                    .map(McpSchema.ListToolsResult::tools)
                    .blockOptional(settings.deadline())
                    .orElse(List.of());
            up(fresh, listed);
        } catch (RuntimeException failed) {
            down(fresh, failed);
        }
    }

    CompletableFuture<ToolOutput> call(String name, Map<String, Object> arguments) {
        McpAsyncClient now = current();
        if (now == null) {
            return CompletableFuture.completedFuture(
                    ToolOutput.error("The server of this tool cannot be reached now. Nothing was done."));
        }
        CompletableFuture<McpSchema.@Nullable CallToolResult> answer = now.callTool(
                        McpSchema.CallToolRequest.builder(name)
                                .arguments(arguments)
                                .build())
                .toFuture();
        CompletableFuture<ToolOutput> output = answer.handle((result, failure) -> {
            if (result != null) {
                return McpTool.output(result);
            }
            if (failure instanceof McpError refusal) {
                return ToolOutput.error("The tool refused: " + refusal.getMessage());
            }
            check(now);
            return ToolOutput.error("The tool did not answer. What it should do may have been done or not.");
        });
        // A future that depends on another does not pass a cancellation on by itself.
        var unused = output.whenComplete((done, failure) -> {
            if (output.isCancelled()) {
                answer.cancel(true);
            }
        });
        return output;
    }

    void close() {
        McpAsyncClient last;
        synchronized (this) {
            closed = true;
            last = client;
            client = null;
            retry.cancel();
        }
        tools = List.of();
        close(last);
    }

    private McpAsyncClient open(McpClientTransport transport) {
        return McpClient.async(transport)
                .clientInfo(McpSchema.Implementation.builder("revox", "1").build())
                .requestTimeout(settings.deadline())
                .initializationTimeout(settings.deadline())
                .jsonSchemaValidator(NO_JUDGE)
                .toolsChangeConsumer(changed -> Mono.fromRunnable(() -> list(changed)))
                .build();
    }

    private void up(McpAsyncClient fresh, List<McpSchema.Tool> listed) {
        boolean late;
        synchronized (this) {
            connecting = false;
            failures = 0;
            late = closed;
            if (!late) {
                client = fresh;
            }
        }
        if (late) {
            close(fresh);
        } else {
            list(listed);
        }
    }

    private void list(List<McpSchema.Tool> listed) {
        tools = listed.stream()
                .filter(tool ->
                        settings.only().map(only -> only.contains(tool.name())).orElse(true))
                .map(tool -> (Tool) McpTool.of(tool, settings.prefix(), this))
                .filter(tool -> !HttpTool.RESERVED_NAMES.contains(tool.name()))
                .toList();
    }

    private void down(@Nullable McpAsyncClient fresh, RuntimeException failure) {
        synchronized (this) {
            connecting = false;
            failures++;
            if (!closed) {
                retry = time.schedule(settings.retry(failures), this::connectAside);
            }
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "an MCP server cannot be reached ({0}); its tools are missing until it can",
                failure.getClass().getName());
        close(fresh);
    }

    private void check(McpAsyncClient doubtful) {
        var unused = doubtful.ping().toFuture().whenComplete((pong, failure) -> {
            if (failure != null) {
                lost(doubtful);
            }
        });
    }

    private void lost(McpAsyncClient gone) {
        synchronized (this) {
            if (!gone.equals(client)) {
                return;
            }
            client = null;
        }
        close(gone);
        connectAside();
    }

    private synchronized @Nullable McpAsyncClient current() {
        return client;
    }

    private void connectAside() {
        Thread.ofVirtual().name("revox-mcp").start(this::connect);
    }

    private static void close(@Nullable McpAsyncClient done) {
        if (done == null) {
            return;
        }
        try {
            done.close();
        } catch (RuntimeException alreadyBroken) {
            // Gone is all that it had to be.
        }
    }
}
