package dev.revox.testkit.provider.socket;

import java.util.ArrayList;
import java.util.List;

/** Text collected until a sentence is complete, as streaming voices do. <b>Thread:</b> one caller at a time. */
final class Sentences {

    private static final String ENDS = ".!?";

    private final StringBuilder open = new StringBuilder();

    List<String> add(String more) {
        open.append(more);
        List<String> complete = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < open.length(); i++) {
            boolean atGap = i + 1 == open.length() || Character.isWhitespace(open.charAt(i + 1));
            if (ENDS.indexOf(open.charAt(i)) >= 0 && atGap) {
                complete.add(open.substring(from, i + 1).strip());
                from = i + 1;
            }
        }
        open.delete(0, from);
        return complete;
    }

    /** What is left; empty when nothing is. */
    String rest() {
        String rest = open.toString().strip();
        open.setLength(0);
        return rest;
    }
}
