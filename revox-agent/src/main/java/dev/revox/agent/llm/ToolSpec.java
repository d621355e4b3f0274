package dev.revox.agent.llm;

/** A tool as the model is told of it. <b>Thread:</b> Immutable. */
public record ToolSpec(String name, String description, String parametersJsonSchema) {
    @Override
    public String toString() {
        return "ToolSpec[" + name + "]";
    }
}
