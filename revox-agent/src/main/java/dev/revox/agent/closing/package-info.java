/**
 * The end of a call. Doors: {@link dev.revox.agent.closing.Closing}, {@link dev.revox.agent.closing.SilenceWatch}, {@link
 * dev.revox.agent.closing.PartingWords}.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
@NullMarked
package dev.revox.agent.closing;

import org.jspecify.annotations.NullMarked;
