/** MCP servers, real ones. */
@NullMarked
package dev.revox.agent.tool.mcp;

import org.jspecify.annotations.NullMarked;
