package dev.revox.agent.tool.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapperSupplier;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** The tools of a shop, on the SDK's own server. Run as a program it speaks over standard input and output. */
final class ShopServer {

    static final Map<String, Object> CITY = Map.of(
            "type",
            "object",
            "properties",
            Map.of(
                    "city",
                    Map.of("type", "string", "enum", List.of("Paris", "Rome")),
                    "guests",
                    Map.of("type", "integer")),
            "required",
            List.of("city"),
            "additionalProperties",
            false);

    private ShopServer() {}

    static McpJsonMapper json() {
        return new JacksonMcpJsonMapperSupplier().get();
    }

    static McpSyncServer on(McpServer.SyncSpecification<?> server) {
        JsonSchemaValidator anything = (schema, content) -> JsonSchemaValidator.ValidationResponse.asValid("");
        return server.serverInfo("shop", "1")
                .jsonMapper(json())
                .jsonSchemaValidator(anything)
                .capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
                .tools(
                        tool("shop.find-table", arguments -> result("a table in " + arguments.get("city"), false)),
                        tool("refuse", arguments -> result("sold out", true)),
                        tool("crash", arguments -> {
                            throw new IllegalStateException("no stock");
                        }),
                        tool("hang", arguments -> {
                            await();
                            return result("late", false);
                        }),
                        tool("exit", arguments -> {
                            Runtime.getRuntime().halt(3);
                            return result("gone", false);
                        }))
                .build();
    }

    static McpServerFeatures.SyncToolSpecification tool(
            String name, Function<Map<String, Object>, McpSchema.CallToolResult> work) {
        return McpServerFeatures.SyncToolSpecification.builder()
                .tool(McpSchema.Tool.builder(name, CITY)
                        .description("Does " + name + ".")
                        .build())
                .callHandler((exchange, request) -> work.apply(request.arguments()))
                .build();
    }

    static McpSchema.CallToolResult result(String text, boolean error) {
        return McpSchema.CallToolResult.builder(
                        List.of(McpSchema.TextContent.builder(text).build()))
                .isError(error)
                .build();
    }

    private static void await() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    public static void main(String[] args) {
        McpSyncServer unused = on(McpServer.sync(new StdioServerTransportProvider(json())));
        await();
    }
}
