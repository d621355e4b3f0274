package dev.revox.agent.tool;

import dev.revox.agent.llm.ToolCall;
import dev.revox.time.TimeSource;
import dev.revox.transcript.TranscriptItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One batch of tool calls: who still works, and what has been answered.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
final class ToolRun {

    private static final class Slot {
        private final ToolCall call;
        private Map<String, Object> arguments = Map.of();
        private @Nullable ToolWork work;
        private @Nullable ToolOutput output;
        private long startedNanos;
        private long endedNanos;
        private ToolResult.Effect effect = ToolResult.Effect.GO_ON;

        private Slot(ToolCall call) {
            this.call = call;
        }
    }

    private final long number;
    private final TimeSource time;
    private final List<Slot> slots = new ArrayList<>();

    ToolRun(long number, List<ToolCall> calls, TimeSource time) {
        this.number = number;
        this.time = time;
        calls.forEach(call -> slots.add(new Slot(call)));
    }

    long number() {
        return number;
    }

    String nameOf(int index) {
        return slots.get(index).call.name();
    }

    void begin(int index, Map<String, Object> arguments) {
        slots.get(index).arguments = arguments;
        slots.get(index).startedNanos = time.nanoTime();
    }

    void working(int index, ToolWork work) {
        slots.get(index).work = work;
    }

    void answered(int index, ToolOutput output) {
        Slot slot = slots.get(index);
        if (slot.output == null) {
            slot.output = output;
            slot.endedNanos = time.nanoTime();
        }
    }

    void done(int index, ToolOutput output, ToolResult.Effect effect) {
        answered(index, output);
        slots.get(index).effect = effect;
    }

    boolean complete() {
        return slots.stream().allMatch(slot -> slot.output != null);
    }

    /** Whoever has not answered yet has failed, for this reason. */
    void giveUp(String reason) {
        for (int i = 0; i < slots.size(); i++) {
            answered(i, ToolOutput.error(reason));
        }
    }

    /** Stops whoever still works. */
    void cancel() {
        for (Slot slot : slots) {
            if (slot.work != null) {
                slot.work.cancel();
            }
        }
    }

    /** The results of a complete batch. */
    List<ToolResult> results() {
        return slots.stream().map(ToolRun::result).toList();
    }

    private static ToolResult result(Slot slot) {
        ToolOutput output = Objects.requireNonNull(slot.output);
        TranscriptItem.Tool item =
                new TranscriptItem.Tool(slot.call.name(), slot.arguments, output.text(), output.error());
        return new ToolResult(slot.call, item, slot.effect, Duration.ofNanos(slot.endedNanos - slot.startedNanos));
    }
}
