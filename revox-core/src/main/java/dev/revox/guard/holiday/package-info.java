/**
 * Public holidays from Jollyday; the only room that knows it.
 *
 * <p>Door: {@link dev.revox.guard.holiday.PublicHolidays}. Jollyday is an optional dependency: whoever uses the door adds
 * {@code de.focus-shift:jollyday-jaxb}. <b>Thread:</b> thread-safe.
 */
@NullMarked
package dev.revox.guard.holiday;

import org.jspecify.annotations.NullMarked;
