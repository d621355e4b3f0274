package dev.revox.testkit.contract;

import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.stt.SpeechToText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A sink that remembers what was recognised and complains about an utterance that is finished twice.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class RecordedWords implements SpeechToText.Sink {

    private final Map<Integer, String> finished = new TreeMap<>();
    private final Map<Integer, String> pauses = new TreeMap<>();
    private final List<String> interims = new ArrayList<>();
    private final List<ProviderException> failures = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();

    @Override
    public synchronized void interim(String text) {
        interims.add(text);
    }

    @Override
    public synchronized void soFar(int pause, String text) {
        if (text.equals(pauses.put(pause, text))) {
            violations.add("pause " + pause + " was answered twice with the same words");
        }
    }

    @Override
    public synchronized void finished(int utterance, String text) {
        if (finished.put(utterance, text) != null) {
            violations.add("utterance " + utterance + " was finished twice");
        }
    }

    @Override
    public synchronized void failed(ProviderException failure) {
        failures.add(failure);
    }

    /** What was told while somebody spoke, in order. */
    public synchronized List<String> interims() {
        return List.copyOf(interims);
    }

    /** Texts by pause. */
    public synchronized Map<Integer, String> pauses() {
        return Map.copyOf(pauses);
    }

    /** Texts by utterance. */
    public synchronized Map<Integer, String> finished() {
        return Map.copyOf(finished);
    }

    public synchronized List<ProviderException> failures() {
        return List.copyOf(failures);
    }

    /** Calls that the port forbids. */
    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }
}
