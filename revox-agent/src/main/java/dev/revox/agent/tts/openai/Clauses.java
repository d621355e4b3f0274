package dev.revox.agent.tts.openai;

import java.util.ArrayList;
import java.util.List;

/**
 * Text cut where a speaker would breathe, so that the first request can leave before the last word is known.
 *
 * <p><b>Thread:</b> one caller at a time.
 */
final class Clauses {

    private static final String ENDS = ".!?;:…。！？\n";

    // Shorter ones are abbreviations ("Dr.") more often than sentences.
    private static final int SHORTEST_CHARS = 6;

    private final StringBuilder open = new StringBuilder();

    /** Takes some more text, in whole words, and gives the clauses that are now complete. */
    List<String> add(String more) {
        open.append(more);
        List<String> complete = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < open.length(); i++) {
            boolean ends = ENDS.indexOf(open.charAt(i)) >= 0;
            boolean atGap = i + 1 == open.length() || Character.isWhitespace(open.charAt(i + 1));
            if (ends && atGap && i + 1 - from >= SHORTEST_CHARS) {
                complete.add(open.substring(from, i + 1).strip());
                from = i + 1;
            }
        }
        open.delete(0, from);
        complete.removeIf(Clauses::isSilent);
        return complete;
    }

    /** What is left when no more text will come; empty when there is nothing to say. */
    String rest() {
        String rest = open.toString().strip();
        open.setLength(0);
        return isSilent(rest) ? "" : rest;
    }

    private static boolean isSilent(String text) {
        return text.codePoints().noneMatch(Character::isLetterOrDigit);
    }
}
