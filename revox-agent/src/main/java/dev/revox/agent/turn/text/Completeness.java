package dev.revox.agent.turn.text;

import java.util.List;

/** How finished a piece of recognised text looks, by its last words alone. */
public enum Completeness {
    COMPLETE,
    NEUTRAL,
    INCOMPLETE;

    private static final String STOPS = ".!?。？！";
    private static final String OPEN_ENDS = ",;:-–—…@";

    /** Judges text as a recogniser gives it, with or without punctuation. */
    public static Completeness of(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            return NEUTRAL;
        }
        char last = trimmed.charAt(trimmed.length() - 1);
        if (OPEN_ENDS.indexOf(last) >= 0 || trimmed.endsWith("...")) {
            return INCOMPLETE;
        }
        boolean punctuated = STOPS.indexOf(last) >= 0;
        String bare = punctuated ? trimmed.substring(0, trimmed.length() - 1).strip() : trimmed;
        List<String> words = Words.of(bare);
        // Recognisers put a full stop after every pause, so a full stop proves nothing about dictation.
        return switch (Dictation.of(bare, words)) {
            case FINISHED -> COMPLETE;
            case UNFINISHED -> INCOMPLETE;
            case NONE -> {
                boolean question = last == '?' || last == '？';
                Language language = Language.of(words);
                if (!question && language.danglesOn(words)) {
                    yield punctuated && language.mayEndOn(words) ? NEUTRAL : INCOMPLETE;
                }
                yield punctuated ? COMPLETE : NEUTRAL;
            }
        };
    }
}
