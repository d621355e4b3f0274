package dev.revox.bench.overlap;

/**
 * What an agent did about something that was heard over its answer.
 *
 * @param pausedMs from its first sound to the agent's falling silent; NaN when the agent went on
 * @param flushed whether the rest of the answer was given up
 * @param whole whether the answer was heard to its end
 */
record Overlap(int number, String kind, double pausedMs, boolean flushed, boolean whole) {}
