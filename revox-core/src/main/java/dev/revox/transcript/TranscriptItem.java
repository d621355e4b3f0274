package dev.revox.transcript;

import java.util.Map;
import java.util.Objects;

/**
 * One entry of what was said and done in a call. Its {@code toString} holds no text.
 *
 * <p><b>Thread:</b> Immutable.
 */
public sealed interface TranscriptItem {

    /** The words, or for a tool the output. */
    String content();

    /** What the person on the line said. */
    record User(String content) implements TranscriptItem {
        @Override
        public String toString() {
            return "User[" + content.length() + " chars]";
        }
    }

    /**
     * What the agent said AND the other side heard: an interrupted sentence is cut at the last word that was played.
     *
     * @param interrupted the agent had more to say
     */
    record Assistant(String content, boolean interrupted) implements TranscriptItem {
        @Override
        public String toString() {
            return "Assistant[" + content.length() + " chars, interrupted=" + interrupted + "]";
        }
    }

    /**
     * A tool call and what came of it.
     *
     * @param content what the transcript shows; the output unless something shorter was chosen
     */
    record Tool(String name, Map<String, Object> arguments, String output, boolean error, String content)
            implements TranscriptItem {

        /** A call whose output is what the transcript shows. */
        public Tool(String name, Map<String, Object> arguments, String output, boolean error) {
            this(name, arguments, output, error, output);
        }

        public Tool {
            Objects.requireNonNull(name, "name");
            arguments = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(arguments));
        }

        @Override
        public String toString() {
            return "Tool[" + name + ", error=" + error + "]";
        }
    }
}
