package dev.revox.agent.turn;

import java.util.Optional;

/**
 * What the turn controller wants done. {@code toString}s hold no spoken text.
 *
 * <p><b>Thread:</b> Immutable.
 */
public sealed interface TurnDecision {

    /** A {@link Wait#untilNanos} that means: nothing is due by itself. */
    long NEVER = Long.MAX_VALUE;

    /** Nothing to do until something happens. */
    TurnDecision WAIT = new Wait(NEVER);

    /** Nothing to do before that time, unless something happens. */
    record Wait(long untilNanos) implements TurnDecision {}

    /** Someone may be interrupting: hold the agent's playout. */
    record Hold() implements TurnDecision {}

    /** It was no interruption: go on where playout was held. */
    record Resume() implements TurnDecision {}

    /** The person takes the floor: throw away what the agent had still to say. */
    record Interrupt() implements TurnDecision {}

    /** These words may be a whole turn: an answer may be begun, but nobody must hear of it. */
    record Speculate(String text) implements TurnDecision {
        @Override
        public String toString() {
            return "Speculate[" + text.length() + " chars]";
        }
    }

    /** The person goes on, or other words were found: what was begun is of no use. */
    record Abandon() implements TurnDecision {}

    /**
     * The person has finished a turn.
     *
     * @param sincePause when it was closed at a pause: what was said since the utterance before, which recognition has not yet
     *     been told to be over
     */
    record Commit(UserTurn turn, Optional<String> sincePause) implements TurnDecision {
        @Override
        public String toString() {
            return "Commit[" + turn + (sincePause.isPresent() ? ", at a pause]" : "]");
        }
    }

    /** The person greeted while the agent was about to speak: for the transcript, not to be answered. */
    record Aside(String text) implements TurnDecision {
        @Override
        public String toString() {
            return "Aside[" + text.length() + " chars]";
        }
    }

    /** The person spoke and nobody could recognise it: ask to say it again. */
    record AskAgain() implements TurnDecision {}

    /**
     * A complete turn of the person on the line.
     *
     * @param speechEndNanos when the last sound of it ended
     * @param noticedNanos when the voice detector said so
     * @param wordsNanos when its last words were in hand
     */
    record UserTurn(String text, long speechEndNanos, long noticedNanos, long wordsNanos) {
        @Override
        public String toString() {
            return "UserTurn[" + text.length() + " chars]";
        }
    }
}
