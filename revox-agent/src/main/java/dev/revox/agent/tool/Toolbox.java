package dev.revox.agent.tool;

import dev.revox.agent.json.ModelJson;
import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.llm.ToolSpec;
import dev.revox.transcript.TranscriptItem;
import java.util.List;
import java.util.Map;

/**
 * The tools of one call: what the model is told of them, and what a call of one of them does.
 *
 * <p>A model that calls something that does not exist, or calls without end, gets an error back, never a dead call.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class Toolbox {

    /** The tool by which the agent ends the call. */
    public static final String END_CALL = "end_call";

    private static final int MOST_CALLS = 50;

    private static final ToolSpec END_CALL_SPEC = new ToolSpec(
            END_CALL,
            "Ends the phone call. Use it when the conversation is over: the goal is reached and goodbyes are said, or the"
                    + " person wants to stop. Say goodbye in the same message.",
            """
            {"type":"object","properties":{"reason":{"type":"string","description":"why the call ends, in a few words"}},\
            "required":[],"additionalProperties":false}""");

    private int calls;

    /**
     * What came of a call.
     *
     * @param item for the transcript and, by its content, for the model
     * @param endsCall the agent hangs up when it has finished speaking
     */
    public record Result(ToolCall call, TranscriptItem.Tool item, boolean endsCall) {}

    public List<ToolSpec> specs() {
        return List.of(END_CALL_SPEC);
    }

    public Result call(ToolCall call) {
        calls++;
        Map<String, Object> arguments = ModelJson.object(call.argumentsJson()).orElse(Map.of());
        if (call.name().equals(END_CALL)) {
            // It needs no argument, so arguments that are not JSON do no harm.
            return new Result(call, new TranscriptItem.Tool(END_CALL, arguments, "The call ends now.", false), true);
        }
        String problem = calls > MOST_CALLS
                ? "Too many tool calls in this conversation. Answer without tools."
                : "There is no tool of that name.";
        return new Result(call, new TranscriptItem.Tool(call.name(), arguments, problem, true), false);
    }
}
