/**
 * What holds an attempt back beside the order's own policy: hours of the week, laws, closed days, caps and guards' answers, all
 * of it as immutable data that the planner reads.
 *
 * <p>Doors: {@link dev.revox.schedule.limit.Limits}, {@link dev.revox.schedule.limit.GuardAnswer}. <b>Thread:</b> everything here
 * is immutable. Nothing here knows the planner.
 */
@NullMarked
package dev.revox.schedule.limit;

import org.jspecify.annotations.NullMarked;
