/**
 * The valve before the parser: which bytes from which source are worth reading at all. Door: {@link
 * dev.revox.sip.signaling.valve.SourceValve}.
 *
 * <p>Nothing here parses or answers. Every table has a fixed size, so that no flood costs memory.
 */
@NullMarked
package dev.revox.sip.signaling.valve;

import org.jspecify.annotations.NullMarked;
