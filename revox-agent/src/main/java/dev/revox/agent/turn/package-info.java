/**
 * Whose turn it is to speak: endpointing and barge-in as a state machine without input or output. Doors: {@link
 * dev.revox.agent.turn.TurnController}, {@link dev.revox.agent.turn.TurnDecision}, {@link dev.revox.agent.turn.TurnSettings}.
 */
@NullMarked
package dev.revox.agent.turn;

import org.jspecify.annotations.NullMarked;
