/**
 * Loudness: how loud a stretch of sound is, and whether a stream has gone so quiet that nobody need be asked whether it is
 * speech. Doors: {@link Level}, {@link SilenceGate}; confined to the media loop, no neighbours.
 */
@NullMarked
package dev.revox.audio.vad.level;

import org.jspecify.annotations.NullMarked;
