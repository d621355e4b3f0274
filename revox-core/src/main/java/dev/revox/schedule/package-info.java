/**
 * When a person may be called: windows, retry policy, and the planner, a pure function.
 *
 * <p>Doors: {@link dev.revox.schedule.AttemptPlanner}, {@link dev.revox.schedule.RetryPolicy},
 * {@link dev.revox.schedule.PlanRequest}. Laws, closed days, caps and guards' answers come in as
 * {@link dev.revox.schedule.limit.Limits}; {@code dev.revox.schedule.explain} says why. <b>Thread:</b> everything public here is immutable or thread-safe.
 */
@NullMarked
package dev.revox.schedule;

import org.jspecify.annotations.NullMarked;
