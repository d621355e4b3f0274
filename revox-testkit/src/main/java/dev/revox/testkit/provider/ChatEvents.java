package dev.revox.testkit.provider;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer in the words of the chat completions protocol, whole or as server-sent events.
 *
 * <p><b>Thread:</b> Immutable.
 */
final class ChatEvents {

    private static final int ARGUMENT_PIECE_CHARS = 8;

    private final ObjectMapper json;
    private final String model;
    private final ChatScript.Answer answer;

    ChatEvents(ObjectMapper json, String model, ChatScript.Answer answer) {
        this.json = json;
        this.model = model;
        this.answer = answer;
    }

    /** One event per token, the last one closing the stream. */
    List<byte[]> stream() {
        List<byte[]> events = new ArrayList<>();
        for (String word :
                answer.text().isEmpty() ? new String[0] : answer.text().split("(?<=\\s)")) {
            events.add(event(json.createObjectNode().put("role", "assistant").put("content", word), null));
        }
        for (int i = 0; i < answer.calls().size(); i++) {
            calls(events, i, answer.calls().get(i));
        }
        events.add(event(json.createObjectNode(), answer.calls().isEmpty() ? "stop" : "tool_calls"));
        events.add("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
        return events;
    }

    private void calls(List<byte[]> events, int index, ChatScript.Call call) {
        ObjectNode first = piece(index, "");
        first.put("id", "call_" + index).put("type", "function");
        ((ObjectNode) first.get("function")).put("name", call.tool());
        events.add(event(delta(first), null));
        String arguments = call.argumentsJson();
        for (int at = 0; at < arguments.length(); at += ARGUMENT_PIECE_CHARS) {
            String part = arguments.substring(at, Math.min(arguments.length(), at + ARGUMENT_PIECE_CHARS));
            events.add(event(delta(piece(index, part)), null));
        }
    }

    private ObjectNode piece(int index, String arguments) {
        ObjectNode piece = json.createObjectNode().put("index", index);
        piece.putObject("function").put("arguments", arguments);
        return piece;
    }

    private ObjectNode delta(ObjectNode call) {
        ObjectNode delta = json.createObjectNode();
        delta.putArray("tool_calls").add(call);
        return delta;
    }

    private byte[] event(ObjectNode delta, @Nullable String finishReason) {
        ObjectNode choice = json.createObjectNode().put("index", 0).put("finish_reason", finishReason);
        choice.set("delta", delta);
        return ("data: " + envelope("chat.completion.chunk", choice) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The answer to a request without {@code stream}. */
    byte[] whole() {
        ObjectNode message = json.createObjectNode().put("role", "assistant").put("content", answer.text());
        ArrayNode calls = json.createArrayNode();
        for (ChatScript.Call call : answer.calls()) {
            ObjectNode node =
                    calls.addObject().put("id", "call_" + calls.size()).put("type", "function");
            node.putObject("function").put("name", call.tool()).put("arguments", call.argumentsJson());
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        ObjectNode choice = json.createObjectNode()
                .put("index", 0)
                .put("finish_reason", answer.calls().isEmpty() ? "stop" : "tool_calls");
        choice.set("message", message);
        return envelope("chat.completion", choice).toString().getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode envelope(String type, ObjectNode choice) {
        ObjectNode envelope = json.createObjectNode()
                .put("id", "chatcmpl-local")
                .put("object", type)
                .put("created", 1)
                .put("model", model);
        envelope.putArray("choices").add(choice);
        return envelope;
    }
}
