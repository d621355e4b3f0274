/**
 * What holds an attempt back beside the order's own policy: hours of the week, laws, closed days, caps and guards' answers, as
 * immutable data, and the search for instants that suit hours, laws and closed days.
 *
 * <p>Doors: {@link dev.revox.schedule.limit.Limits}, {@link dev.revox.schedule.limit.GuardAnswer}. <b>Thread:</b> all data
 * here is immutable, and a search confined to one decision. Nothing here knows the planner.
 */
@NullMarked
package dev.revox.schedule.limit;

import org.jspecify.annotations.NullMarked;
