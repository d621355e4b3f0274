package dev.revox.agent.turn;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How finished a piece of recognised text looks, by its last words alone. */
enum Completeness {
    COMPLETE,
    NEUTRAL,
    INCOMPLETE;

    private static final Set<String> DANGLING = Set.of(
            "and",
            "or",
            "but",
            "because",
            "so",
            "that",
            "if",
            "when",
            "with",
            "the",
            "a",
            "an",
            "to",
            "for",
            "of",
            "my",
            "at",
            "in",
            "is",
            "it's",
            "i'm",
            "um",
            "uh",
            "erm",
            "like",
            "dot",
            "underscore",
            "et",
            "ou",
            "mais",
            "parce",
            "que",
            "si",
            "quand",
            "avec",
            "le",
            "la",
            "les",
            "un",
            "une",
            "de",
            "mon",
            "ma",
            "euh",
            "point",
            "und",
            "oder",
            "aber",
            "weil",
            "dass",
            "wenn",
            "mit",
            "der",
            "die",
            "das",
            "ein",
            "eine",
            "zu",
            "von",
            "mein",
            "meine",
            "äh",
            "ähm",
            "y",
            "o",
            "pero",
            "porque",
            "con",
            "el",
            "los",
            "mi",
            "e",
            "perché",
            "il",
            "di",
            "mas",
            "com",
            "meu",
            "minha");

    /** Letters that arrive one by one, digits that arrive in groups, an address without its end. */
    private static final Pattern UNFINISHED_DICTATION = Pattern.compile("(?iu).*(?:"
            + "(?:\\b\\p{L}[ .-]+){2,}\\p{L}"
            + "|[\\p{L}\\d._-]+ ?(?:@|\\bat\\b) ?[\\p{L}\\d-]*"
            + "|(?<!\\d)\\+?\\d{1,3}(?:[ -]\\d{1,4}){0,2}"
            + "|(?:\\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double)\\b[ ,-]*){2,6}"
            + ")[,]?");

    private static final Pattern FINISHED_ADDRESS =
            Pattern.compile("(?iu).*[\\p{L}\\d]+ ?(?:@|\\bat\\b) ?[\\p{L}\\d-]+ ?(?:\\.|\\bdot\\b) ?\\p{L}{2,}");

    static Completeness of(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            return NEUTRAL;
        }
        char last = trimmed.charAt(trimmed.length() - 1);
        if (trimmed.endsWith("...") || last == '…' || last == ',' || last == '-' || last == ':' || last == '@') {
            return INCOMPLETE;
        }
        boolean punctuated = last == '.' || last == '!' || last == '?' || last == '。' || last == '？' || last == '！';
        String bare = punctuated ? trimmed.substring(0, trimmed.length() - 1).strip() : trimmed;
        // Recognisers put a full stop after every pause, so a full stop proves nothing about dictation.
        if (FINISHED_ADDRESS.matcher(bare).matches()) {
            return COMPLETE;
        }
        if (UNFINISHED_DICTATION.matcher(bare).matches() || DANGLING.contains(lastWord(bare))) {
            return INCOMPLETE;
        }
        return punctuated ? COMPLETE : NEUTRAL;
    }

    private static String lastWord(String text) {
        int space = text.lastIndexOf(' ');
        return text.substring(space + 1).toLowerCase(Locale.ROOT);
    }
}
