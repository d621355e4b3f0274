package dev.revox.agent.dialogue;

import dev.revox.agent.json.ModelJson;
import dev.revox.agent.llm.ChatMessage;
import dev.revox.agent.llm.ToolCall;
import dev.revox.transcript.TranscriptItem;
import java.util.ArrayList;
import java.util.List;

/**
 * Tool calls of earlier turns as messages for the model. In their own turn the model reads a result in full; later the
 * beginning of it has to do.
 *
 * <p><b>Thread:</b> Thread-safe; functions.
 */
final class UsedTools {

    private static final int LONGEST_CHARS = 1000;

    private UsedTools() {}

    /** Adds calls that follow each other as one message, and a message for each result. */
    static void addTo(List<ChatMessage> messages, List<TranscriptItem.Tool> used) {
        if (used.isEmpty()) {
            return;
        }
        List<ToolCall> calls = new ArrayList<>();
        List<ChatMessage> results = new ArrayList<>();
        for (TranscriptItem.Tool tool : used) {
            // The ids are our own: only within one request must they fit together.
            String id = "call_" + messages.size() + "_" + calls.size();
            calls.add(new ToolCall(id, tool.name(), ModelJson.write(tool.arguments())));
            results.add(new ChatMessage.ToolResult(id, shortened(tool.output())));
        }
        messages.add(new ChatMessage.Assistant("", calls));
        messages.addAll(results);
    }

    private static String shortened(String output) {
        if (output.length() <= LONGEST_CHARS) {
            return output;
        }
        int end = Character.isHighSurrogate(output.charAt(LONGEST_CHARS - 1)) ? LONGEST_CHARS - 1 : LONGEST_CHARS;
        return output.substring(0, end) + " [shortened]";
    }
}
