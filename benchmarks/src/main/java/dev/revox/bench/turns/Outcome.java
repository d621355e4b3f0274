package dev.revox.bench.turns;

/**
 * How one clip was answered.
 *
 * @param gapMs from the end of the turn to the first sound that begins behind it; NaN when none did
 * @param cut whether a sound of the agent began before the end of the turn
 */
record Outcome(int number, String kind, double gapMs, boolean cut, int modelCalls) {}
