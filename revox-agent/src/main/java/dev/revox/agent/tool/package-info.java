/** What the model can do beside talking. Door: {@link dev.revox.agent.tool.Toolbox}. */
@NullMarked
package dev.revox.agent.tool;

import org.jspecify.annotations.NullMarked;
