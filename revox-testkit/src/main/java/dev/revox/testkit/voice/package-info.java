/**
 * Two recorded voices, an agent's and a caller's, that say a closed set of sentences. Doors: {@link
 * dev.revox.testkit.voice.ClipVoice}, {@link dev.revox.testkit.voice.ClipSet}, {@link dev.revox.testkit.voice.Sound}.
 *
 * <p>Nothing here shares code with the product's audio rooms: a fault there must not hide behind the same fault here.
 */
@NullMarked
package dev.revox.testkit.voice;

import org.jspecify.annotations.NullMarked;
