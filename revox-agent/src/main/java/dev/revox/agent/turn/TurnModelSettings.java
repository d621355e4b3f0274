package dev.revox.agent.turn;

import java.time.Duration;

/**
 * How far an end-of-turn model is trusted. Without a model none of this matters.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param longestWait how long the end of a turn waits for the model's opinion, counted from the loss of sound at which it was
 *     asked; then the turn is judged as if there were no model. Default 100 ms
 * @param completeFrom a turn looks complete when the model thinks so with at least this probability; default 0.6
 * @param incompleteUpTo a turn looks incomplete with at most this probability; default 0.4. Between both the model has no opinion
 */
public record TurnModelSettings(Duration longestWait, double completeFrom, double incompleteUpTo) {

    public static final TurnModelSettings DEFAULT = new TurnModelSettings(Duration.ofMillis(100), 0.6, 0.4);

    public TurnModelSettings {
        if (longestWait.isNegative()) {
            throw new IllegalArgumentException("longestWait must not be negative, was " + longestWait);
        }
        if (!(incompleteUpTo >= 0 && incompleteUpTo < completeFrom && completeFrom <= 1)) {
            throw new IllegalArgumentException(
                    "incompleteUpTo must be below completeFrom, and both within 0 and 1; they were " + incompleteUpTo
                            + " and " + completeFrom);
        }
    }
}
