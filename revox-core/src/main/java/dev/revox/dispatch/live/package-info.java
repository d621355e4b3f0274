/**
 * The attempts that this engine holds, and who takes incoming calls. Door: {@link dev.revox.dispatch.live.InboundRouter}; the rest is
 * for {@code dispatch}. Confined to the desk, but for the sessions' observers, which post to it.
 */
@NullMarked
package dev.revox.dispatch.live;

import org.jspecify.annotations.NullMarked;
