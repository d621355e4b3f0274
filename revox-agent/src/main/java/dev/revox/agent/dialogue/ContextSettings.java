package dev.revox.agent.dialogue;

/**
 * How much of a long call the model is told each time it is asked.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param mostTokens of the talk so far, prompt and tools not counted; default 12 000, which is about an hour of talk. Tokens are
 *     estimated: four letters of a Latin alphabet, or one letter of any other script
 */
public record ContextSettings(int mostTokens) {

    public static final ContextSettings DEFAULT = new ContextSettings(12_000);

    /** Fewer would not hold a question and its answer. */
    private static final int LEAST_TOKENS = 200;

    public ContextSettings {
        if (mostTokens < LEAST_TOKENS) {
            throw new IllegalArgumentException("mostTokens must be at least " + LEAST_TOKENS + ", was " + mostTokens);
        }
    }
}
