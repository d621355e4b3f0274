package dev.revox.bench.clauses;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What a model might say, and where it may be cut: between sentences and between clauses.
 *
 * @param language its code
 * @param marked the text, with a bar wherever a voice may pause without tearing apart what belongs together
 */
record Reply(String language, String marked) {

    private static final int LONGEST_TOKEN = 5;

    /** The text without the bars. */
    String text() {
        return marked.replace("|", "");
    }

    /** Where it may be cut: how many characters, white space left out, stand before. */
    BitSet allowed() {
        BitSet allowed = new BitSet();
        int characters = 0;
        for (int i = 0; i < marked.length(); i++) {
            char c = marked.charAt(i);
            if (c == '|') {
                allowed.set(characters);
            } else if (!Character.isWhitespace(c)) {
                characters++;
            }
        }
        allowed.set(characters);
        return allowed;
    }

    /**
     * The text as a model streams it: a word with the blank before it, longer ones in pieces, every sign by itself.
     */
    List<String> tokens() {
        List<String> tokens = new ArrayList<>();
        StringBuilder token = new StringBuilder();
        String text = text();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean word = Character.isLetterOrDigit(c);
            boolean ends = Character.isWhitespace(c)
                    || !word
                    || token.length() >= LONGEST_TOKEN
                    || (!token.isEmpty() && isSign(token.charAt(token.length() - 1)));
            if (ends && !token.isEmpty()) {
                tokens.add(token.toString());
                token.setLength(0);
            }
            token.append(c);
        }
        tokens.add(token.toString());
        return tokens;
    }

    private static boolean isSign(char c) {
        return !Character.isLetterOrDigit(c) && !Character.isWhitespace(c);
    }
}
