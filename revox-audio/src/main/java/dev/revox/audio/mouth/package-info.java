/**
 * What is said on one leg, piece by piece. Door: {@link Utterance}, confined to the media loop; {@code OutboundAudio} plays it.
 */
@NullMarked
package dev.revox.audio.mouth;

import org.jspecify.annotations.NullMarked;
