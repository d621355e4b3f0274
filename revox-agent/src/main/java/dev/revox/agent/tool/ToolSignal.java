package dev.revox.agent.tool;

import dev.revox.conversation.AgentSignal;
import java.util.Optional;

/**
 * A tool has answered. {@code run} tells to which batch of calls it belongs; an answer to an old one is dropped.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param index of the call within its batch
 * @param thrown the name of what the tool's code threw
 */
public record ToolSignal(long run, int index, ToolOutput output, Optional<String> thrown) implements AgentSignal {}
