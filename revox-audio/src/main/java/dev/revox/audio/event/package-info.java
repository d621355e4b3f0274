/** What happens to a leg's sound, on its way from the media loop to who owns the leg. Door: {@link dev.revox.audio.event.LegEventRelay}. */
@NullMarked
package dev.revox.audio.event;

import org.jspecify.annotations.NullMarked;
