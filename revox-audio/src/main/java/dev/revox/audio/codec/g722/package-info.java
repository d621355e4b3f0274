/** The arithmetic of ITU-T G.722 at 64 kbit/s. Doors: {@link dev.revox.audio.codec.g722.G722Coder}, {@link dev.revox.audio.codec.g722.G722Player}. */
@NullMarked
package dev.revox.audio.codec.g722;

import org.jspecify.annotations.NullMarked;
