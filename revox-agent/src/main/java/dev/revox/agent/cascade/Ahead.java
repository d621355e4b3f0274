package dev.revox.agent.cascade;

import dev.revox.agent.turn.SameWords;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an answer that was begun before the turn was over, until it is known whether it is wanted.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
final class Ahead {

    private @Nullable String words;
    private boolean callsTools;
    private boolean slow;

    void begin(String userWords) {
        words = userWords;
        callsTools = false;
        slow = false;
    }

    boolean under() {
        return words != null;
    }

    boolean answers(String userWords) {
        return words != null && SameWords.in(words, userWords);
    }

    /** The answer wants tools, which have effects and must wait. */
    void callsTools() {
        callsTools = true;
    }

    /** The answer takes noticeably long, but nobody waits for it yet. */
    void slow() {
        slow = true;
    }

    boolean toolsAreWaiting() {
        return callsTools;
    }

    boolean wasSlow() {
        return slow;
    }

    void end() {
        words = null;
    }
}
