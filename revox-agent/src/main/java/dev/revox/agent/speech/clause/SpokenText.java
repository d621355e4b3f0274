package dev.revox.agent.speech.clause;

import java.util.regex.Pattern;

/** Takes out of a model's text what cannot be spoken: markdown and emoji. */
final class SpokenText {

    private static final Pattern LINK = Pattern.compile("!?\\[([^\\]]*)\\]\\([^)]*\\)");
    private static final Pattern LINE_MARK = Pattern.compile("(?m)^\\s*(?:#{1,6}|[-*+•>]|\\d{1,2}[.)](?=\\s))\\s+");
    private static final Pattern EMPHASIS =
            Pattern.compile("\\*{1,3}|~~|`+|(?<![\\p{L}\\d])_{1,3}|_{1,3}(?![\\p{L}\\d])");
    // Pictographs with their joiners and variation selectors; digits, # and * are emoji components but are spoken.
    private static final Pattern EMOJI = Pattern.compile(
            "[\\p{IsExtended_Pictographic}&&[^©®™]]|[\\x{1F1E6}-\\x{1F1FF}\\x{1F3FB}-\\x{1F3FF}\\x{FE0F}\\x{200D}\\x{20E3}]");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private SpokenText() {}

    static String of(String text) {
        String plain = LINK.matcher(text).replaceAll("$1");
        plain = LINE_MARK.matcher(plain).replaceAll("");
        plain = EMPHASIS.matcher(plain).replaceAll("");
        plain = EMOJI.matcher(plain).replaceAll("");
        plain = BLANKS.matcher(plain).replaceAll(" ").strip();
        return plain.codePoints().anyMatch(Character::isLetterOrDigit) ? plain : "";
    }
}
