/**
 * Tools that are Java methods of the host. Door: {@link dev.revox.agent.tool.host.JavaTool}; {@link
 * dev.revox.agent.tool.host.Description} says what an argument means. <b>Thread:</b> thread-safe; the host's method runs on a
 * thread of its own for each call.
 */
@NullMarked
package dev.revox.agent.tool.host;

import org.jspecify.annotations.NullMarked;
