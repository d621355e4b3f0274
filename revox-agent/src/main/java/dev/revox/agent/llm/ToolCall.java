package dev.revox.agent.llm;

/**
 * The model wants a tool called. Its {@code toString} leaves out the arguments.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param argumentsJson as the model wrote it; may not be valid JSON
 */
public record ToolCall(String id, String name, String argumentsJson) {

    @Override
    public String toString() {
        return "ToolCall[" + name + "]";
    }
}
