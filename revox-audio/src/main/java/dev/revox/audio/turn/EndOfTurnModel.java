package dev.revox.audio.turn;

/**
 * A judge of whether a person has finished a turn, by how it sounds.
 *
 * <p>It gives an opinion and is never a gate: whoever asks has a deadline and goes on without it.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public interface EndOfTurnModel extends AutoCloseable {

    /**
     * Who asked. Told once, unless the question is withdrawn before.
     *
     * <p><b>Thread:</b> called on a thread of the model; must not block.
     */
    interface Verdict {

        /** How likely the turn is complete, 0 to 1. */
        void judged(float completeProbability);

        /**
         * There will be no opinion.
         *
         * @param why in words, without anything that was said
         */
        void failed(String why);
    }

    /** A question that may still be open. */
    @FunctionalInterface
    interface Question {

        /** The answer is of no use any more. It may come all the same if it is being told right now. */
        void withdraw();
    }

    /**
     * Asks about the sound of a turn from its beginning up to now. Returns at once.
     *
     * @param sound mono; belongs to the model from now on
     * @param sampleRateHz 8000, 16000, 24000 or 48000
     */
    Question ask(short[] sound, int sampleRateHz, Verdict verdict);

    /** How much of a turn's end it looks at, in milliseconds; more need not be given. */
    int longestSoundMs();

    /** Its name in logs, such as the name of its file. */
    String name();

    /** Makes the first question as quick as the rest. May block. */
    default void warmUp() {}

    /** Open questions are not answered any more. */
    @Override
    void close();
}
