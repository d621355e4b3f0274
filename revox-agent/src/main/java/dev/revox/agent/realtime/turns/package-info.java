/** Whose turn it is where no words are at hand. Door: {@link dev.revox.agent.realtime.turns.CallerTurns}. */
@NullMarked
package dev.revox.agent.realtime.turns;

import org.jspecify.annotations.NullMarked;
