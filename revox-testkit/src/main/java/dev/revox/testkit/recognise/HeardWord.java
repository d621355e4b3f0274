package dev.revox.testkit.recognise;

import org.jspecify.annotations.Nullable;

/**
 * A word on one path through the lattice, linked to the one before it.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param gain what its frames earned
 * @param possible what they would have earned had they been identical
 */
record HeardWord(
        PhraseTemplate.Word word,
        float gain,
        float possible,
        @Nullable HeardWord before) {

    /** 1 when identical, 0 when no better than a stranger. */
    float likeness() {
        return gain / possible;
    }
}
