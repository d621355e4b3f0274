/**
 * Order out of what the network delivers, for a machine that listens. Doors: {@link dev.revox.audio.jitter.EarBuffer},
 * {@link dev.revox.audio.jitter.SerialArithmetic}; confined to the media loop.
 */
@NullMarked
package dev.revox.audio.jitter;

import org.jspecify.annotations.NullMarked;
