package dev.revox.agent.tool;

import java.util.List;
import java.util.concurrent.Executor;

/**
 * The tools that one call has, and how they are run.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param tools besides the built-in ones
 * @param navigatesMenus whether the agent may press keys and stay silent
 * @param executor runs each tool call as one task, which may block
 */
public record Toolset(List<Tool> tools, boolean navigatesMenus, ToolSettings settings, Executor executor) {

    /** A virtual thread for each tool call. */
    public static final Executor OWN_THREADS =
            task -> Thread.ofVirtual().name("revox-tool").start(task);

    /** Only the tool that ends the call. */
    public static final Toolset BUILT_IN = new Toolset(List.of(), false, ToolSettings.DEFAULT, OWN_THREADS);

    public Toolset {
        tools = List.copyOf(tools);
    }
}
