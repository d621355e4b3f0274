package dev.revox.assistant;

import java.util.Optional;

/**
 * A question and its answer, given to the language model as knowledge. Its {@code toString} holds neither.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param source {@code human} or {@code ai}
 */
public record FaqItem(
        String question,
        String answer,
        Optional<String> id,
        Optional<Boolean> needsHumanAnswer,
        Optional<Source> source) {

    /** Who wrote the answer. */
    public enum Source {
        HUMAN("human"),
        AI("ai");

        private final String wireName;

        Source(String wireName) {
            this.wireName = wireName;
        }

        /** The value as the call API writes it. */
        public String wireName() {
            return wireName;
        }
    }

    @Override
    public String toString() {
        return "FaqItem[" + id.orElse("") + "]";
    }

    public static FaqItem of(String question, String answer) {
        return new FaqItem(question, answer, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
