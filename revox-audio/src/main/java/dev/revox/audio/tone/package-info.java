/**
 * Tones: made and recognised. Doors: {@link dev.revox.audio.tone.Tones} (what there is), {@link
 * dev.revox.audio.tone.ToneSource} (makes sound of it), {@link dev.revox.audio.tone.ToneWatch} (hears it on the media loop).
 * Detectors work at 8 kHz, are confined to the media loop and allocate nothing. Neighbours: {@code audio} sets the watch on a
 * leg's ear and turns what it hears into events, {@code audio.mix} plays digits.
 */
@NullMarked
package dev.revox.audio.tone;

import org.jspecify.annotations.NullMarked;
