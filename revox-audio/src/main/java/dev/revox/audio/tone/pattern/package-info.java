/**
 * Tones as they are described, and as sound. Doors: {@link dev.revox.audio.tone.pattern.TonePattern}, {@link
 * dev.revox.audio.tone.pattern.ToneSource}. Reading allocates nothing. Neighbour: {@code audio.tone} knows which tones there are.
 */
@NullMarked
package dev.revox.audio.tone.pattern;

import org.jspecify.annotations.NullMarked;
