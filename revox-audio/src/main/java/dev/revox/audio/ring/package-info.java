/** Queues between one writer and one reader, for sound that crosses threads. */
@NullMarked
package dev.revox.audio.ring;

import org.jspecify.annotations.NullMarked;
