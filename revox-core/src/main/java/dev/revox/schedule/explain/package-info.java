/**
 * Why an order is called when it is: the walk from its waiting to the planner's answer, in plain words.
 *
 * <p>Door: {@link dev.revox.schedule.explain.Explainer}. <b>Thread:</b> the door is thread-safe, what it gives immutable.
 */
@NullMarked
package dev.revox.schedule.explain;

import org.jspecify.annotations.NullMarked;
