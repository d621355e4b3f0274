package dev.revox.agent.turn;

import dev.revox.agent.turn.text.Completeness;

/**
 * What the end-of-turn model thinks of the turn up to its last sound, if it has been asked and has answered.
 *
 * <p><b>Thread:</b> Confined to the call thread. <b>Units:</b> engine time.
 */
final class ModelOpinion {

    private final TurnModelSettings settings;
    private Completeness looks = Completeness.NEUTRAL;
    private boolean awaited;
    private long untilNanos;

    ModelOpinion(TurnModelSettings settings) {
        this.settings = settings;
    }

    /** The caller makes sound again: what was thought of the turn until then means nothing. */
    void forget() {
        looks = Completeness.NEUTRAL;
        awaited = false;
    }

    void asked(long answerUntilNanos) {
        awaited = true;
        untilNanos = answerUntilNanos;
    }

    void answered(double completeProbability) {
        awaited = false;
        if (completeProbability >= settings.completeFrom()) {
            looks = Completeness.COMPLETE;
        } else if (completeProbability <= settings.incompleteUpTo()) {
            looks = Completeness.INCOMPLETE;
        } else {
            looks = Completeness.NEUTRAL;
        }
    }

    void failed() {
        awaited = false;
    }

    /** How the turn looks by text and sound together: whoever doubts is right, else whoever is sure. */
    Completeness with(Completeness text) {
        if (text == Completeness.INCOMPLETE || looks == Completeness.INCOMPLETE) {
            return Completeness.INCOMPLETE;
        }
        return text == Completeness.COMPLETE ? text : looks;
    }

    /** Until when the end of the turn waits for an answer; long past when none is awaited. */
    long awaitedUntilNanos() {
        return awaited ? untilNanos : Long.MIN_VALUE;
    }
}
