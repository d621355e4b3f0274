/** The end of a call. Door: {@link dev.revox.agent.closing.Closing}. <b>Thread:</b> confined to the call thread. */
@NullMarked
package dev.revox.agent.closing;

import org.jspecify.annotations.NullMarked;
