/**
 * Tools of MCP servers. Door: {@link dev.revox.agent.tool.mcp.McpTools}. The MCP SDK, which a host adds itself when it wants this
 * room, and the reactive types that it brings stay inside. <b>Thread:</b> thread-safe.
 */
@NullMarked
package dev.revox.agent.tool.mcp;

import org.jspecify.annotations.NullMarked;
