/**
 * Noise that stands for silence. Door: {@link dev.revox.audio.codec.noise.ComfortNoise}; confined to the media loop, knows no
 * neighbour.
 */
@NullMarked
package dev.revox.audio.codec.noise;

import org.jspecify.annotations.NullMarked;
