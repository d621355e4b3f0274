package dev.revox.agent.tool.mcp;

import dev.revox.agent.json.ModelJson;
import dev.revox.agent.llm.ToolSpec;
import dev.revox.agent.tool.Tool;
import dev.revox.agent.tool.ToolContext;
import dev.revox.agent.tool.ToolOutput;
import dev.revox.agent.tool.schema.Shape;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * A tool of an MCP server. The model is told the server's own schema; what we understand of it is checked before anything is sent.
 *
 * <p><b>Thread:</b> Immutable.
 */
final class McpTool implements Tool {

    /** What model APIs allow. */
    private static final int LONGEST_NAME = 64;

    private final String name;
    private final String serverName;
    private final String description;
    private final Shape.Members input;
    private final String schema;
    private final McpConnection connection;

    private McpTool(
            String name,
            String serverName,
            String description,
            Shape.Members input,
            String schema,
            McpConnection connection) {
        this.name = name;
        this.serverName = serverName;
        this.description = description;
        this.input = input;
        this.schema = schema;
        this.connection = connection;
    }

    static McpTool of(McpSchema.Tool tool, String prefix, McpConnection connection) {
        String plain = (prefix + tool.name()).replaceAll("[^A-Za-z0-9_-]", "_");
        Map<String, Object> schema = Objects.requireNonNullElse(tool.inputSchema(), Map.of("type", "object"));
        return new McpTool(
                plain.substring(0, Math.min(plain.length(), LONGEST_NAME)),
                tool.name(),
                Objects.requireNonNullElse(tool.description(), tool.name()),
                SchemaReader.members(schema),
                ModelJson.write(schema),
                connection);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Shape.Members input() {
        return input;
    }

    @Override
    public ToolSpec spec() {
        return new ToolSpec(name, description, schema);
    }

    @Override
    public CompletableFuture<ToolOutput> call(Map<String, Object> arguments, ToolContext context) {
        Map<String, Object> given = new HashMap<>();
        arguments.forEach((argument, value) -> {
            if (value != null) {
                given.put(argument, value);
            }
        });
        return connection.call(serverName, given);
    }

    static ToolOutput output(McpSchema.CallToolResult result) {
        String text = result.content().stream()
                .map(part -> part instanceof McpSchema.TextContent words
                        ? words.text()
                        : "(" + part.type() + ", which cannot be read here)")
                .collect(Collectors.joining("\n"));
        if (text.isBlank() && result.structuredContent() != null) {
            text = ModelJson.write(result.structuredContent());
        }
        return new ToolOutput(text, Boolean.TRUE.equals(result.isError()));
    }

    @Override
    public String toString() {
        return "McpTool[" + name + "]";
    }
}
