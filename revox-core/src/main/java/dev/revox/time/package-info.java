/** Time at the door: the only room that reads a clock. Door: {@link dev.revox.time.TimeSource}. */
@NullMarked
package dev.revox.time;

import org.jspecify.annotations.NullMarked;
