/**
 * Labelled clips of callers, and a call in virtual time that hears one. Doors: {@link dev.revox.bench.clip.Clips}, {@link
 * dev.revox.bench.clip.ClipCall}.
 */
@NullMarked
package dev.revox.bench.clip;

import org.jspecify.annotations.NullMarked;
