package dev.revox.testkit.script.provider;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes words as sound: every occurrence of a word has a number, and its samples all have that value. So a scripted
 * recogniser really recognises what reached it, and a scripted mouth knows which words left.
 *
 * <p><b>Thread:</b> Confined to the script's thread.
 */
public final class WordCodes {

    /** A word on its own stretch of samples. */
    public record Coded(short code, long startMicros, long endMicros) {}

    private final List<String> words = new ArrayList<>();

    /** Spreads a text over a time, each letter and each blank equally long. */
    public List<Coded> encode(String text, long micros) {
        List<Coded> coded = new ArrayList<>();
        String[] parts = text.isBlank() ? new String[] {""} : text.strip().split("\\s+");
        long letters = -1;
        for (String part : parts) {
            letters += part.length() + 1;
        }
        letters = Math.max(1, letters);
        long before = 0;
        for (String part : parts) {
            long end = before + Math.max(1, part.length());
            coded.add(new Coded(add(part), micros * before / letters, micros * end / letters));
            before = end + 1;
        }
        return coded;
    }

    public String word(int code) {
        return words.get(code - 1);
    }

    /** The sample at a time within coded words, 0 outside them. */
    public static short sampleAt(List<Coded> coded, long micros) {
        for (Coded word : coded) {
            if (micros >= word.startMicros() && micros < word.endMicros()) {
                return word.code();
            }
        }
        return 0;
    }

    private short add(String word) {
        words.add(word);
        if (words.size() > Short.MAX_VALUE) {
            throw new IllegalStateException("a script has at most " + Short.MAX_VALUE + " words");
        }
        return (short) words.size();
    }
}
