package dev.revox.agent.turn;

import dev.revox.agent.turn.text.Completeness;

/**
 * The rule that ends a turn: how long after the last sound, by how finished the words look, by what the end-of-turn model thinks of
 * the sound, and by how this caller pauses.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
final class Endpointing {

    /** Shorter ones are breaths between words: they say nothing about how long this caller thinks. */
    private static final long SHORTEST_PAUSE_NANOS = 200_000_000;

    private final TurnSettings settings;
    private final PauseAverage pauses;
    private final ModelOpinion opinion;

    Endpointing(TurnSettings settings) {
        this.settings = settings;
        opinion = new ModelOpinion(settings.turnModel());
        pauses = new PauseAverage(
                settings.neutralTurnDelay().toNanos(),
                settings.shortestTurnDelay().toNanos(),
                settings.incompleteTurnDelay().toNanos());
    }

    /** What the model thinks, for whoever hears of it. */
    ModelOpinion opinion() {
        return opinion;
    }

    /** The caller paused for so long within a turn and went on. */
    void pausedInside(long nanos) {
        if (nanos >= SHORTEST_PAUSE_NANOS) {
            pauses.paused(nanos);
        }
    }

    /** When a turn with these words is over if no more sound comes. A model that was asked may delay it until its deadline. */
    long dueNanos(String text, long speechEndNanos) {
        return Math.max(speechEndNanos + delayNanos(text), opinion.awaitedUntilNanos());
    }

    private long delayNanos(String text) {
        return switch (opinion.with(Completeness.of(text))) {
            case COMPLETE -> settings.completeTurnDelay().toNanos();
            case NEUTRAL ->
                settings.adaptive()
                        ? pauses.delayNanos()
                        : settings.neutralTurnDelay().toNanos();
            case INCOMPLETE -> settings.incompleteTurnDelay().toNanos();
        };
    }

    /** Whether it is worth to begin an answer to these words before the turn is over. */
    boolean mayBeOver(String text) {
        return opinion.with(Completeness.of(text)) != Completeness.INCOMPLETE;
    }
}
