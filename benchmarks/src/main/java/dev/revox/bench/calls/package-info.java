/**
 * Many calls at once in one JVM: pacing, allocation, processor time. Doors: {@link dev.revox.bench.calls.MediaHarness} for media
 * sessions alone, {@link dev.revox.bench.calls.WholeHarness} for whole calls of an engine.
 */
@NullMarked
package dev.revox.bench.calls;

import org.jspecify.annotations.NullMarked;
