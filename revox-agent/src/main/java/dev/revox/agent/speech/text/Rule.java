package dev.revox.agent.speech.text;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Something that voices read badly, and what to say instead. <b>Thread:</b> Immutable. */
record Rule(Pattern pattern, boolean anyLanguage, Words words) {

    /** What is said for a match; empty when it is not what it looked like. */
    @FunctionalInterface
    interface Words {
        Optional<String> say(MatchResult match, boolean english);
    }

    /** For English; a match ends where a word does. */
    static Rule english(String regex, Words words) {
        return new Rule(Pattern.compile(regex + END), false, words);
    }

    /** For what needs no words of a language. */
    static Rule any(String regex, Words words) {
        return new Rule(Pattern.compile(regex + END), true, words);
    }

    private static final String END = "(?=[.,;:!?…)\\]}>\"'”“»]*(?:\\s|$))";
}
