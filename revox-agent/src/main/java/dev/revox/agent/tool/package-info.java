/**
 * What the model can do beside talking. Doors: {@link dev.revox.agent.tool.ToolDesk} runs the tool calls of one call for either
 * brain, {@link dev.revox.agent.tool.Tool} is the port that every kind of tool implements, {@link
 * dev.revox.agent.tool.Toolset} is what a call has of them. <b>Thread:</b> the desk belongs to the call thread; a tool runs on a
 * thread of its own and posts a {@link dev.revox.agent.tool.ToolSignal}.
 */
@NullMarked
package dev.revox.agent.tool;

import org.jspecify.annotations.NullMarked;
