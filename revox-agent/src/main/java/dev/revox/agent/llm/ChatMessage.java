package dev.revox.agent.llm;

import java.util.List;

/**
 * One message of the history given to a language model. {@code toString}s hold no text.
 *
 * <p><b>Thread:</b> Immutable.
 */
public sealed interface ChatMessage {

    record Instructions(String text) implements ChatMessage {
        @Override
        public String toString() {
            return "Instructions[" + text.length() + " chars]";
        }
    }

    record User(String text) implements ChatMessage {
        @Override
        public String toString() {
            return "User[" + text.length() + " chars]";
        }
    }

    /** What the model said; {@code text} may be empty when it only called tools. */
    record Assistant(String text, List<ToolCall> toolCalls) implements ChatMessage {
        public Assistant {
            toolCalls = List.copyOf(toolCalls);
        }

        @Override
        public String toString() {
            return "Assistant[" + text.length() + " chars, " + toolCalls.size() + " tool calls]";
        }
    }

    /** What a tool answered. */
    record ToolResult(String callId, String output) implements ChatMessage {
        @Override
        public String toString() {
            return "ToolResult[" + callId + "]";
        }
    }
}
