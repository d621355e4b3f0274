/** The media half of a leg. Doors: {@link dev.revox.sip.media.MediaPlane}, {@link dev.revox.sip.media.MediaSession}. */
@NullMarked
package dev.revox.sip.media;

import org.jspecify.annotations.NullMarked;
