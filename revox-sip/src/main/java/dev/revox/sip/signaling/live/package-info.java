/**
 * A call that is up, from either side. Doors: {@link dev.revox.sip.signaling.live.CallControl} (commands), {@link
 * dev.revox.sip.signaling.live.ConfirmedCall}. Neighbours: {@code .session} below does what runs within one dialog, {@code
 * .call} above brings calls up.
 */
@NullMarked
package dev.revox.sip.signaling.live;

import org.jspecify.annotations.NullMarked;
