package dev.revox.bench.clauses;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * How a reply was cut.
 *
 * @param firstAfter how many tokens had come when the first piece was there; all of them and one more when it took the end
 */
record Cutting(Reply reply, int firstAfter, List<String> pieces) {

    /** Pieces behind which there must be no cut. A text that was damaged cannot be judged. */
    List<String> wrong() {
        if (!whole()) {
            return List.of();
        }
        BitSet allowed = reply.allowed();
        List<String> wrong = new ArrayList<>();
        int characters = 0;
        for (String piece : pieces) {
            characters +=
                    (int) piece.chars().filter(c -> !Character.isWhitespace(c)).count();
            if (!allowed.get(characters)) {
                wrong.add(piece);
            }
        }
        return wrong;
    }

    /** Whether the pieces are the whole text. */
    boolean whole() {
        return bare(String.join("", pieces)).equals(bare(reply.text()));
    }

    private static String bare(String text) {
        return text.replaceAll("\\s+", "");
    }
}
