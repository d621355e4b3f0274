package dev.revox.agent.tool;

import dev.revox.agent.llm.ToolSpec;
import dev.revox.agent.tool.schema.Shape;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Something that the model may have done during a call.
 *
 * <p><b>Thread:</b> Thread-safe. {@link #call} runs on a thread of its own, which is interrupted when nobody waits any more.
 */
public interface Tool {

    /** Lowercase with underscores, and not the name of a built-in tool. */
    String name();

    /** By this the model decides when to call it. */
    String description();

    /** The arguments. What does not fit never reaches {@link #call}. */
    Shape.Members input();

    /**
     * Does it. May block, may throw; whatever it throws becomes an error that the model is told of.
     *
     * @param arguments fit {@link #input()}; a member that is null or absent was not given
     * @return is cancelled when nobody waits any more
     */
    CompletionStage<ToolOutput> call(Map<String, Object> arguments, ToolContext context);

    /** The tool as the model is told of it. */
    default ToolSpec spec() {
        return new ToolSpec(name(), description(), input().jsonSchema());
    }
}
