package dev.revox.agent.speech.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A text and how it is said, with where they meet, so that what was heard of the sound can be told in the words of the text.
 *
 * <p><b>Thread:</b> Immutable.
 */
public record SpokenForm(String text, String spoken, List<Unit> units) {

    private static final Pattern WORD = Pattern.compile("\\S+");

    /**
     * Words of the text that are said as one: they are heard together or not at all.
     *
     * @param textEnd where they end in the text
     * @param spokenWords words that are said up to there
     * @param spokenEnd where they end in what is said
     */
    public record Unit(int textEnd, int spokenWords, int spokenEnd) {}

    /** A part of a text, said otherwise. */
    record Change(int start, int end, String spoken) {
        @Override
        public String toString() {
            return "Change[" + start + ".." + end + "]";
        }
    }

    public SpokenForm {
        units = List.copyOf(units);
    }

    /** Said as it is written. */
    public static SpokenForm verbatim(String text) {
        return of(text, List.of());
    }

    static SpokenForm of(String text, List<Change> changes) {
        StringBuilder spoken = new StringBuilder();
        List<Unit> units = new ArrayList<>();
        List<MatchResult> words = WORD.matcher(text).results().toList();
        int from = 0;
        int change = 0;
        int said = 0;
        for (int i = 0; i < words.size(); i++) {
            int end = words.get(i).end();
            while (change < changes.size() && changes.get(change).start() < end) {
                Change next = changes.get(change++);
                spoken.append(text, from, next.start()).append(next.spoken());
                from = next.end();
            }
            if (from > end) {
                // The change reaches into the next word.
                continue;
            }
            spoken.append(text, from, end);
            from = end;
            int before = units.isEmpty() ? 0 : units.getLast().spokenEnd();
            said += (int) WORD.matcher(spoken.substring(before)).results().count();
            units.add(new Unit(end, said, spoken.length()));
        }
        spoken.append(text, from, text.length());
        return new SpokenForm(text, spoken.toString(), units);
    }

    /** How many words are said. */
    public int spokenWords() {
        return units.isEmpty() ? 0 : units.getLast().spokenWords();
    }

    /** The beginning of it, to the end of a unit. */
    public SpokenForm upTo(int textEnd) {
        List<Unit> kept =
                units.stream().filter(unit -> unit.textEnd() <= textEnd).toList();
        int spokenEnd = kept.isEmpty() ? 0 : kept.getLast().spokenEnd();
        return new SpokenForm(text.substring(0, textEnd), spoken.substring(0, spokenEnd), kept);
    }

    @Override
    public String toString() {
        return "SpokenForm[" + units.size() + " units]";
    }
}
