/**
 * Which provider to try, in what order, and for how long to wait for it. Doors: {@link dev.revox.agent.fallback.Breaker},
 * {@link dev.revox.agent.fallback.Deadlines}.
 */
@NullMarked
package dev.revox.agent.fallback;

import org.jspecify.annotations.NullMarked;
