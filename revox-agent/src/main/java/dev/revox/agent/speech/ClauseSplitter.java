package dev.revox.agent.speech;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts the text of a language model, as it streams in, into pieces that can be spoken by themselves.
 *
 * <p>The first piece may end at a comma, because the caller waits for it; later ones are whole sentences, because they sound
 * better. A full stop ends a sentence only when white space follows it, so decimals, times, e-mail and web addresses stay
 * whole, and not after an abbreviation, an initial, a list number or an ordinal number, nor before a small letter.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class ClauseSplitter {

    /**
     * A first clause of a model that ends at a comma has at least this many characters before it. "Yes," is long enough: the voice
     * needs as long for the next clause as for this one, so it has only to last until the model has written that.
     */
    private static final int SHORTEST_OF_MODEL = 3;

    /** The same of a text that is there as a whole: only the voice is waited for. */
    private static final int SHORTEST_OF_TEXT = 18;

    /** No piece is longer, so that a clause's sound stays bounded. */
    private static final int LONGEST_CLAUSE = 240;

    private static final char NOTHING = 0;

    private final StringBuilder pending = new StringBuilder();
    private final int shortestFirstClause;
    private boolean first = true;

    /** For what a model is writing. */
    public ClauseSplitter() {
        this(SHORTEST_OF_MODEL);
    }

    private ClauseSplitter(int shortestFirstClause) {
        this.shortestFirstClause = shortestFirstClause;
    }

    /** The pieces of a text that is there as a whole. */
    static List<String> split(String text) {
        ClauseSplitter splitter = new ClauseSplitter(SHORTEST_OF_TEXT);
        List<String> clauses = splitter.accept(text);
        splitter.finish().ifPresent(clauses::add);
        return clauses;
    }

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
            case '.' -> endsSentence(stop, next(index + 1));
            case ',', ';', ':', '—', '–' -> first && stop >= shortestFirstClause && clauseBegins(index + 1);
            default -> false;
        };
    }

    /** A number belongs to what is before it, and so may a name: "Thanks, Dana." */
    private boolean clauseBegins(int from) {
        char next = next(from);
        return next != NOTHING && !Character.isDigit(next) && (next == 'I' || !Character.isUpperCase(next));
    }

    /** A sentence does not begin with a small letter; what comes after the stop has to be seen for that. */
    private boolean endsSentence(int stop, char next) {
        return next != NOTHING
                && !Character.isLowerCase(next)
                && !Abbreviations.endsAt(pending, stop, Character.isDigit(next));
    }

    /** The first character behind white space, a line break, or nothing yet. */
    private char next(int from) {
        for (int i = from; i < pending.length(); i++) {
            char c = pending.charAt(i);
            if (c == '\n' || !Character.isWhitespace(c)) {
                return c;
            }
        }
        return NOTHING;
    }

    private static boolean isWideStop(char c) {
        return c == '。' || c == '！' || c == '？';
    }
}
