/**
 * What is mixed beneath our own speech, and the sounds for it. Doors: {@link dev.revox.audio.mix.OutboundMix} (on the media
 * loop, one per leg), {@link dev.revox.audio.mix.ClipLibrary} (the clips, one per line). Clips are made by this room's own code,
 * from noise, filters and envelopes; nobody was recorded. Neighbours: {@code audio} lets each frame pass through the mix before it
 * is recorded and encoded, so that the ear, the voice activity and the count of what was said know nothing of it.
 */
@NullMarked
package dev.revox.audio.mix;

import org.jspecify.annotations.NullMarked;
