/** Java methods as tools. */
@NullMarked
package dev.revox.agent.tool.host;

import org.jspecify.annotations.NullMarked;
