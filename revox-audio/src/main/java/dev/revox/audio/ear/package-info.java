/** What an ear is made of: its sample clock, a reader's ring, and the first words kept for late readers. */
@NullMarked
package dev.revox.audio.ear;

import org.jspecify.annotations.NullMarked;
