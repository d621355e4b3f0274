package dev.revox.testkit.contract.realtime;

import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.realtime.RealtimeModel;
import dev.revox.agent.stream.ProviderException;
import dev.revox.media.MediaFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A sink that remembers what a realtime model told, and complains about what comes after an end.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class RecordedTalk implements RealtimeModel.Sink {

    private final Map<Integer, String> said = new TreeMap<>();
    private final Map<Integer, String> texts = new TreeMap<>();
    private final Map<Integer, Long> micros = new HashMap<>();
    private final Map<Integer, Integer> loudest = new HashMap<>();
    private final List<String> items = new ArrayList<>();
    private final List<ToolCall> calls = new ArrayList<>();
    private final Set<Integer> done = new HashSet<>();
    private final List<ProviderException> failures = new ArrayList<>();
    private final List<ProviderException> losses = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private boolean opened;

    @Override
    public synchronized void opened() {
        opened = true;
    }

    @Override
    public synchronized void userSaid(int turn, String text, boolean complete) {
        said.put(turn, text);
    }

    @Override
    public synchronized void audio(
            int response, String item, MediaFormat format, short[] pcm, int offset, int samples) {
        check(response);
        if (!items.contains(item)) {
            items.add(item);
        }
        micros.merge(response, format.microsOf(samples), Long::sum);
        for (int i = offset; i < offset + samples; i++) {
            loudest.merge(response, (int) pcm[i], Math::max);
        }
    }

    @Override
    public synchronized void text(int response, String item, String delta) {
        check(response);
        texts.merge(response, delta, String::concat);
    }

    @Override
    public synchronized void toolCall(int response, ToolCall call) {
        check(response);
        calls.add(call);
    }

    @Override
    public synchronized void done(int response) {
        check(response);
        done.add(response);
    }

    @Override
    public synchronized void failed(int response, ProviderException failure) {
        check(response);
        done.add(response);
        failures.add(failure);
    }

    @Override
    public synchronized void lost(ProviderException failure) {
        check(0);
        losses.add(failure);
    }

    private void check(int response) {
        if (done.contains(response) || !losses.isEmpty()) {
            violations.add("something came after the end of " + response);
        }
    }

    public synchronized boolean isOpened() {
        return opened;
    }

    /** What the person said, by turn. */
    public synchronized Map<Integer, String> said() {
        return Map.copyOf(said);
    }

    /** What the model said, by response. */
    public synchronized Map<Integer, String> texts() {
        return Map.copyOf(texts);
    }

    /** How much of its sound came. */
    public synchronized long micros(int response) {
        return micros.getOrDefault(response, 0L);
    }

    /** The loudest sample of a response. */
    public synchronized int loudest(int response) {
        return loudest.getOrDefault(response, 0);
    }

    public synchronized List<String> items() {
        return List.copyOf(items);
    }

    public synchronized List<ToolCall> calls() {
        return List.copyOf(calls);
    }

    public synchronized boolean isDone(int response) {
        return done.contains(response);
    }

    public synchronized List<ProviderException> failures() {
        return List.copyOf(failures);
    }

    public synchronized List<ProviderException> losses() {
        return List.copyOf(losses);
    }

    /** Calls that the port forbids. */
    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }
}
