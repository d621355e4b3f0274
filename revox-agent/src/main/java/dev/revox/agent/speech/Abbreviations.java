package dev.revox.agent.speech;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Full stops that end no sentence: behind abbreviations, initials, list numbers and ordinal numbers, in the languages of the phrase
 * tables.
 *
 * <p>Where the same letters may also end a sentence ("9 a.m.", "Acme Corp."), they are left out: a cut between two sentences is
 * then made, which is what a listener expects.
 *
 * <p><b>Thread:</b> Immutable.
 */
final class Abbreviations {

    /** Whatever follows. */
    private static final Set<String> ALWAYS = Set.of(
            // titles
            "mr",
            "mrs",
            "ms",
            "dr",
            "dra",
            "prof",
            "profa",
            "jr",
            "sr",
            "sra",
            "srta",
            "mme",
            "mlle",
            "hr",
            "fr",
            "st",
            "gen",
            "sen",
            "rev",
            "hon",
            "capt",
            "sgt",
            "lt",
            "dott",
            "sig",
            "avv",
            "ing",
            "mevr",
            "dhr",
            "lic",
            // words
            "vs",
            "etc",
            "e.g",
            "i.e",
            "approx",
            "ca",
            "dept",
            "inc",
            "ltd",
            "ext",
            "ave",
            "blvd",
            "str",
            "nr",
            "núm",
            "bzw",
            "z.b",
            "d.h",
            "u.a",
            "i.d.r",
            "inkl",
            "zzgl",
            "ggf",
            "evtl",
            "bspw",
            "vgl",
            "av",
            "avda",
            "tel",
            "jan",
            "feb",
            "apr",
            "aug",
            "sept",
            "oct",
            "nov",
            "dec",
            "okt",
            "dez");

    /** Only before a number: alone they are words. */
    private static final Set<String> BEFORE_NUMBERS =
            Set.of("no", "nos", "art", "p", "pp", "fig", "kap", "abs", "n", "c", "mar", "jun", "jul", "sep");

    /** What stands before an ordinal number in German, which is written with a full stop: "am 3. Mai", "im 2. Stock". */
    private static final Set<String> BEFORE_ORDINALS = Set.of(
            "am", "vom", "zum", "beim", "bis", "ab", "im", "der", "die", "das", "den", "dem", "des", "jeden", "jeder",
            "jedes");

    private static final Pattern OPENERS = Pattern.compile("^[(\"“'¿¡]+");
    private static final Pattern ORDINAL = Pattern.compile("\\d{1,2}");

    private Abbreviations() {}

    /**
     * Whether the full stop there ends no sentence.
     *
     * @param numberFollows whether the next word is a number
     */
    static boolean endsAt(CharSequence text, int stop, boolean numberFollows) {
        int start = wordStart(text, stop);
        String word = OPENERS.matcher(text.subSequence(start, stop)).replaceAll("");
        if (word.length() == 1 && Character.isLetter(word.charAt(0))) {
            return true;
        }
        if (ORDINAL.matcher(word).matches()) {
            boolean lineStart = start == 0 || text.charAt(start - 1) == '\n';
            return lineStart || BEFORE_ORDINALS.contains(wordBefore(text, start));
        }
        String plain = word.toLowerCase(Locale.ROOT);
        return ALWAYS.contains(plain) || (numberFollows && BEFORE_NUMBERS.contains(plain));
    }

    private static String wordBefore(CharSequence text, int start) {
        int end = start;
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.subSequence(wordStart(text, end), end).toString().toLowerCase(Locale.ROOT);
    }

    private static int wordStart(CharSequence text, int end) {
        int start = end;
        while (start > 0 && !Character.isWhitespace(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }
}
