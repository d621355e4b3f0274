package dev.revox.agent.tool.host;

import dev.revox.agent.tool.ToolContext;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link JavaTool} does.
 *
 * <p><b>Thread:</b> called on a virtual thread for each call of the tool; it may block, and is interrupted when nobody waits any
 * more.
 */
@FunctionalInterface
public interface ToolFunction<A extends Record> {

    /**
     * Does it.
     *
     * @return what the model is told: a text as it is, a {@link dev.revox.agent.tool.ToolOutput} to tell of a failure, a
     *     {@link java.util.concurrent.CompletionStage} of any of these, and everything else as JSON
     * @throws Exception whatever it throws, errors included, the model is told only that the tool failed
     */
    @Nullable
    Object call(A arguments, ToolContext context) throws Exception;
}
