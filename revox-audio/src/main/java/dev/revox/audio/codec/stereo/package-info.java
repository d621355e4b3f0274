/** Two channels to Opus, for recordings. Door: {@link dev.revox.audio.codec.stereo.StereoOpusEncoder}. Not for the media loop. */
@NullMarked
package dev.revox.audio.codec.stereo;

import org.jspecify.annotations.NullMarked;
