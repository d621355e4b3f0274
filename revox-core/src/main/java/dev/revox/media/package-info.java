/** The sound contract between a leg and a conversation. Doors: {@link dev.revox.media.Ear}, {@link dev.revox.media.Mouth}. */
@NullMarked
package dev.revox.media;

import org.jspecify.annotations.NullMarked;
