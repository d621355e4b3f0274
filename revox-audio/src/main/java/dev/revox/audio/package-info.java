/**
 * The sound of one leg on the media loop. Doors: {@link dev.revox.audio.InboundAudio} (the ear),
 * {@link dev.revox.audio.OutboundAudio} (the mouth), {@link dev.revox.audio.AudioLeg} (both over a wire).
 */
@NullMarked
package dev.revox.audio;

import org.jspecify.annotations.NullMarked;
