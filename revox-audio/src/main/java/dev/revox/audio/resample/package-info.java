/** Changes of sampling rate. Door: {@link Resampler}; confined to whoever owns it. */
@NullMarked
package dev.revox.audio.resample;

import org.jspecify.annotations.NullMarked;
