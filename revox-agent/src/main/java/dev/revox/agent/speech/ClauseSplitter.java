package dev.revox.agent.speech;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Cuts the text of a language model, as it streams in, into pieces that can be spoken by themselves.
 *
 * <p>The first piece may end at a comma, because the caller waits for it; later ones are whole sentences, because they sound
 * better. A full stop ends a sentence only when white space follows it, so decimals, times, e-mail and web addresses stay
 * whole, and not after an abbreviation, an initial or a list number, nor before a small letter.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class ClauseSplitter {

    /** A first clause that ends at a comma has at least this many characters. */
    private static final int SHORTEST_FIRST_CLAUSE = 18;

    /** No piece is longer, so that a clause's sound stays bounded. */
    private static final int LONGEST_CLAUSE = 240;

    private static final Set<String> ABBREVIATIONS = Set.of(
            "mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "e.g", "i.e", "approx", "dept", "inc", "ltd", "jr",
            "sr", "mme", "mlle", "hr", "fr", "str", "nr", "bzw", "z.b", "ca", "sra", "dra", "ext", "ave", "blvd");

    private final StringBuilder pending = new StringBuilder();
    private boolean first = true;

    /** Takes more text and gives the pieces that are complete now, cleaned for speech. */
    public List<String> accept(String delta) {
        pending.append(delta);
        List<String> clauses = new ArrayList<>();
        for (int end = boundary(); end > 0; end = boundary()) {
            take(end).ifPresent(clauses::add);
        }
        return clauses;
    }

    /** The text has ended; what is left is a piece too. */
    public Optional<String> finish() {
        return take(pending.length());
    }

    private Optional<String> take(int end) {
        String spoken = SpokenText.of(pending.substring(0, end));
        pending.delete(0, end);
        if (spoken.isEmpty()) {
            return Optional.empty();
        }
        first = false;
        return Optional.of(spoken);
    }

    /** Where the first complete piece ends, or 0. */
    private int boundary() {
        int length = pending.length();
        for (int i = 0; i < length; i++) {
            char c = pending.charAt(i);
            if (c == '\n' || isWideStop(c)) {
                return i + 1;
            }
            if (i + 1 < length && Character.isWhitespace(pending.charAt(i + 1)) && ends(i)) {
                return i + 1;
            }
            if (i >= LONGEST_CLAUSE) {
                int space = pending.lastIndexOf(" ", i);
                return space > 0 ? space : i;
            }
        }
        return 0;
    }

    private boolean ends(int index) {
        char c = pending.charAt(index);
        int stop = index;
        // Closing quotes and brackets belong to the sentence before them.
        while (stop > 0 && (c == '"' || c == '”' || c == ')' || c == '*' || c == '\'')) {
            stop--;
            c = pending.charAt(stop);
        }
        return switch (c) {
            case '!', '?', '…' -> true;
            case '.' -> !abbreviated(stop) && goesOnAnew(index + 1);
            case ',', ';', ':', '—', '–' -> first && stop >= SHORTEST_FIRST_CLAUSE;
            default -> false;
        };
    }

    /** A sentence does not begin with a small letter; what comes after the stop has to be seen for that. */
    private boolean goesOnAnew(int from) {
        for (int i = from; i < pending.length(); i++) {
            char c = pending.charAt(i);
            if (c == '\n' || !Character.isWhitespace(c)) {
                return !Character.isLowerCase(c);
            }
        }
        return false;
    }

    private boolean abbreviated(int dot) {
        int start = dot;
        while (start > 0 && !Character.isWhitespace(pending.charAt(start - 1))) {
            start--;
        }
        String word = pending.substring(start, dot);
        if (word.length() == 1 && Character.isUpperCase(word.charAt(0))) {
            return true;
        }
        boolean lineStart = start == 0 || pending.charAt(start - 1) == '\n';
        if (lineStart && !word.isEmpty() && word.chars().allMatch(Character::isDigit)) {
            return true;
        }
        return ABBREVIATIONS.contains(word.toLowerCase(Locale.ROOT).replaceAll("^[(\"“]+", ""));
    }

    private static boolean isWideStop(char c) {
        return c == '。' || c == '！' || c == '？';
    }
}
