/**
 * How a turn sounds: the questions to an end-of-turn model. Doors: {@link dev.revox.agent.turn.sound.TurnEar}, {@link
 * dev.revox.agent.turn.sound.TurnSignal}.
 */
@NullMarked
package dev.revox.agent.turn.sound;

import org.jspecify.annotations.NullMarked;
