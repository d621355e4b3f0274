/**
 * The thread that carries the sound of many legs: a 1 ms grid, a wire port, and the way out for rare events. Doors:
 * {@link dev.revox.audio.loop.MediaLoop}, {@link dev.revox.audio.loop.FrameTransport},
 * {@link dev.revox.audio.loop.LoopMember}.
 */
@NullMarked
package dev.revox.audio.loop;

import org.jspecify.annotations.NullMarked;
