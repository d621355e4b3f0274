package dev.revox.testkit.contract;

import dev.revox.agent.llm.LanguageModel;
import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.stream.ProviderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sink that remembers a completion and complains about calls that the port forbids.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class RecordedCompletion implements LanguageModel.Sink {

    private final List<String> deltas = new ArrayList<>();
    private final List<ToolCall> toolCalls = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private boolean done;
    private @Nullable ProviderException failure;

    @Override
    public synchronized void text(String delta) {
        check(!delta.isEmpty(), "an empty delta");
        check(!isOver(), "text after the last call");
        deltas.add(delta);
    }

    @Override
    public synchronized void toolCall(ToolCall call) {
        check(!isOver(), "a tool call after the last call");
        toolCalls.add(call);
    }

    @Override
    public synchronized void done() {
        check(!isOver(), "done after the last call");
        done = true;
    }

    @Override
    public synchronized void failed(ProviderException given) {
        check(!isOver(), "failed after the last call");
        failure = given;
    }

    private void check(boolean kept, String violation) {
        if (!kept) {
            violations.add(violation);
        }
    }

    /** True when it is done or failed. */
    public synchronized boolean isOver() {
        return done || failure != null;
    }

    public synchronized boolean isDone() {
        return done;
    }

    public synchronized String text() {
        return String.join("", deltas);
    }

    public synchronized int deltas() {
        return deltas.size();
    }

    public synchronized List<ToolCall> toolCalls() {
        return List.copyOf(toolCalls);
    }

    public synchronized Optional<ProviderException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Calls that the port forbids. */
    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }
}
