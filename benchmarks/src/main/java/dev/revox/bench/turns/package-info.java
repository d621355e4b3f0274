/**
 * B1 and B1b: from the end of a caller's speech to the agent's first sound, against answers that cut the caller off. Door: {@link
 * dev.revox.bench.turns.TurnHarness}; neighbours: the ear and mouth of audio, the agent and its providers' interfaces.
 */
@NullMarked
package dev.revox.bench.turns;

import org.jspecify.annotations.NullMarked;
