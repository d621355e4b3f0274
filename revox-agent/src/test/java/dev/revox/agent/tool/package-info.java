/** The tools of a call. */
@NullMarked
package dev.revox.agent.tool;

import org.jspecify.annotations.NullMarked;
