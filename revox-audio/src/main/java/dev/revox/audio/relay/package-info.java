/** From the media loop to whoever owns a leg. Door: {@link dev.revox.audio.relay.LegEventRelay}. */
@NullMarked
package dev.revox.audio.relay;

import org.jspecify.annotations.NullMarked;
