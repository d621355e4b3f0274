package dev.revox.testkit.voice;

import java.util.List;

/**
 * One recorded sentence, and where in it each word is.
 *
 * <p><b>Thread:</b> Immutable. <b>Units:</b> milliseconds from the start of the clip.
 */
public record Clip(String text, List<Word> words, Sound sound) {

    /** A word as it is written, punctuation included, and its place. */
    public record Word(String text, int startMs, int endMs) {}

    public Clip {
        words = List.copyOf(words);
    }

    /** The sound of some of its words; the clip's own lead-in and tail belong to the first and the last word. */
    Sound words(int from, int to) {
        int startMs = from == 0 ? 0 : words.get(from).startMs();
        int endMs = to == words.size() ? sound.durationMs() : words.get(to - 1).endMs();
        return sound.slice(startMs, endMs);
    }
}
