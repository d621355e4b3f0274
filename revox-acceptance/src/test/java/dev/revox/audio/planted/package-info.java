/** Planted violations of the rules of the house. */
@NullMarked
package dev.revox.audio.planted;

import org.jspecify.annotations.NullMarked;
