/** What the agent can do and fill in during a call: HTTP tools and their typed fields. Door: {@link dev.revox.assistant.tool.HttpTool}. */
@NullMarked
package dev.revox.assistant.tool;

import org.jspecify.annotations.NullMarked;
