package dev.revox.testkit.contract;

import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.tts.TextToSpeech;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sink that remembers speech and complains about calls that the port forbids.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class RecordedSpeech implements TextToSpeech.Sink {

    private short[] pcm = new short[1 << 16];
    private int samples;
    private final List<TextToSpeech.WordTiming> words = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private boolean done;
    private @Nullable ProviderException failure;

    @Override
    public synchronized void audio(short[] more, int offset, int count) {
        check(count > 0, "no samples");
        check(!isOver(), "sound after the last call");
        if (samples + count > pcm.length) {
            pcm = Arrays.copyOf(pcm, Math.max(samples + count, 2 * pcm.length));
        }
        System.arraycopy(more, offset, pcm, samples, count);
        samples += count;
    }

    @Override
    public synchronized void words(List<TextToSpeech.WordTiming> timings) {
        check(!isOver(), "words after the last call");
        words.addAll(timings);
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

    public synchronized int samples() {
        return samples;
    }

    public synchronized short[] pcm() {
        return Arrays.copyOf(pcm, samples);
    }

    public synchronized List<TextToSpeech.WordTiming> words() {
        return List.copyOf(words);
    }

    public synchronized Optional<ProviderException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Calls that the port forbids. */
    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }
}
