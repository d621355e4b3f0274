/** What stands between the loop and those who listen: a reader's ring, and the first words kept for late readers. */
@NullMarked
package dev.revox.audio.ear;

import org.jspecify.annotations.NullMarked;
