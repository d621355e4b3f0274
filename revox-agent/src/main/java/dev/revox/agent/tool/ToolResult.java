package dev.revox.agent.tool;

import dev.revox.agent.llm.ToolCall;
import dev.revox.transcript.TranscriptItem;
import java.time.Duration;

/**
 * What came of a tool call.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param item for the transcript and, by its output, for the model
 * @param took from the call to the answer
 */
public record ToolResult(ToolCall call, TranscriptItem.Tool item, Effect effect, Duration took) {

    /** What follows for the conversation. */
    public enum Effect {
        /** The model goes on with what it was told. */
        GO_ON,
        /** The agent says nothing more and waits for the other side. */
        LISTEN,
        /** The agent hangs up when it has finished speaking. */
        END_CALL
    }

    public String output() {
        return item.output();
    }
}
