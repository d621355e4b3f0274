package dev.revox.agent.turn;

import java.util.Locale;
import java.util.regex.Pattern;

/** Whether two texts are the same words, whatever their punctuation and case. */
public final class SameWords {

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private SameWords() {}

    public static boolean in(String one, String other) {
        return bare(one).equals(bare(other));
    }

    private static String bare(String text) {
        return NO_WORD.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }
}
