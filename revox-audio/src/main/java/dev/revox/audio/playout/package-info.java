/**
 * Steady sound for people: what a leg's ear gives out in bursts leaves at a fixed pace. Door: {@link
 * dev.revox.audio.playout.PlayoutBuffer}; confined to the media loop; behind {@code audio.ear}, used only where legs are mixed.
 */
@NullMarked
package dev.revox.audio.playout;

import org.jspecify.annotations.NullMarked;
