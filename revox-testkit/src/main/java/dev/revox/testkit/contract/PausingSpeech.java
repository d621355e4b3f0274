package dev.revox.testkit.contract;

import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.tts.TextToSpeech;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A sink that asks for no more from within its first call, as a full ring does. <b>Thread:</b> Thread-safe. */
final class PausingSpeech implements TextToSpeech.Sink {

    private final RecordedSpeech recorded = new RecordedSpeech();
    private final AtomicReference<TextToSpeech.@Nullable Utterance> utterance = new AtomicReference<>();
    private final AtomicBoolean paused = new AtomicBoolean();
    private int seen = -1;

    void pauseAtFirstSound(TextToSpeech.Utterance given) {
        utterance.set(given);
    }

    RecordedSpeech recorded() {
        return recorded;
    }

    /** True when nothing has arrived since it was asked last. */
    boolean isQuiet() {
        int now = recorded.samples();
        boolean quiet = now == seen;
        seen = now;
        return quiet;
    }

    @Override
    public void audio(short[] pcm, int offset, int samples) {
        TextToSpeech.@Nullable Utterance open = utterance.get();
        if (open != null && paused.compareAndSet(false, true)) {
            open.demand(false);
        }
        recorded.audio(pcm, offset, samples);
    }

    @Override
    public void words(List<TextToSpeech.WordTiming> timings) {
        recorded.words(timings);
    }

    @Override
    public void done() {
        recorded.done();
    }

    @Override
    public void failed(ProviderException failure) {
        recorded.failed(failure);
    }
}
