/**
 * Calling laws as dated data, and what they make of a number: hours, closed days and caps for the planner, consent and silence
 * for a guard.
 *
 * <p>Doors: {@link dev.revox.guard.law.LawBook}, {@link dev.revox.guard.law.CallingLaws},
 * {@link dev.revox.guard.law.HolidayCalendar}. The presets are a help and no legal advice; every one of them can be left out or
 * replaced. <b>Thread:</b> everything here is immutable or thread-safe.
 */
@NullMarked
package dev.revox.guard.law;

import org.jspecify.annotations.NullMarked;
