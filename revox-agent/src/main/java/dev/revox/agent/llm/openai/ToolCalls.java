package dev.revox.agent.llm.openai;

import com.openai.models.chat.completions.ChatCompletionChunk;
import dev.revox.agent.llm.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Puts tool calls together from their pieces. <b>Thread:</b> Confined to the exchange's thread. */
final class ToolCalls {

    private static final class Pieces {
        private String id = "";
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();
    }

    private final TreeMap<Long, Pieces> byIndex = new TreeMap<>();

    void add(ChatCompletionChunk.Choice.Delta.ToolCall piece) {
        // Some servers leave the index out when there is one call only.
        long index = piece._index().asKnown().orElse(0L);
        Pieces pieces = byIndex.computeIfAbsent(index, unused -> new Pieces());
        piece.id().filter(id -> !id.isEmpty()).ifPresent(id -> pieces.id = id);
        piece.function().ifPresent(function -> {
            function.name().filter(name -> !name.isEmpty()).ifPresent(name -> pieces.name = name);
            function.arguments().ifPresent(pieces.arguments::append);
        });
    }

    /** All calls in the model's order. A tool without parameters is called with an empty object. */
    List<ToolCall> complete() {
        List<ToolCall> calls = new ArrayList<>();
        byIndex.forEach((index, pieces) -> calls.add(new ToolCall(
                pieces.id.isEmpty() ? "call_" + index : pieces.id,
                pieces.name,
                pieces.arguments.isEmpty() ? "{}" : pieces.arguments.toString())));
        return calls;
    }
}
