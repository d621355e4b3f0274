/**
 * WAV files: reading what is given to us, writing what stays readable after a crash. Doors: {@link
 * dev.revox.audio.wav.WavFile}, {@link dev.revox.audio.wav.WavWriter}.
 */
@NullMarked
package dev.revox.audio.wav;

import org.jspecify.annotations.NullMarked;
