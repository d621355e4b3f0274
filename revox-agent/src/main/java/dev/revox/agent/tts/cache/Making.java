package dev.revox.agent.tts.cache;

import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.tts.TextToSpeech;
import dev.revox.agent.tts.TextToSpeech.WordTiming;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One utterance of a provider that all calls share which want its text just now. It goes on while one of them listens.
 *
 * <p><b>Thread:</b> Thread-safe; the lock guards the provider's utterance and is not held while it is called.
 */
final class Making implements TextToSpeech.Sink {

    private final CacheKey key;
    private final SpeechCache cache;
    private final Recording recording = new Recording();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private TextToSpeech.@Nullable Utterance work;

    Making(CacheKey key, SpeechCache cache) {
        this.key = key;
        this.cache = cache;
    }

    Recording recording() {
        return recording;
    }

    /** Only while nobody has left it. */
    void join(Listener listener) {
        listeners.add(listener);
    }

    void start() {
        try {
            TextToSpeech.Utterance utterance = key.provider().open(key.voice(), this);
            synchronized (this) {
                work = utterance;
            }
            utterance.text(key.text());
            utterance.end();
            if (listeners.isEmpty()) {
                utterance.cancel();
            } else if (!wanted()) {
                utterance.demand(false);
            }
        } catch (RuntimeException defect) {
            failed(
                    defect instanceof ProviderException failure
                            ? failure
                            : new ProviderException(
                                    key.provider().name(),
                                    ProviderException.Kind.PROTOCOL,
                                    "threw on its own",
                                    defect));
        }
    }

    /** The provider rests when nobody wants more. */
    void demandChanged() {
        TextToSpeech.@Nullable Utterance current = work();
        if (current != null) {
            current.demand(wanted());
        }
    }

    private boolean wanted() {
        return listeners.stream().anyMatch(Listener::wants);
    }

    void leave(Listener listener) {
        listeners.remove(listener);
        cache.giveUp(key, this);
        if (listeners.isEmpty() && recording.abandon()) {
            TextToSpeech.@Nullable Utterance current = work();
            if (current != null) {
                current.cancel();
            }
        } else {
            demandChanged();
        }
    }

    private synchronized TextToSpeech.@Nullable Utterance work() {
        return work;
    }

    @Override
    public void audio(short[] pcm, int offset, int samples) {
        if (recording.audio(pcm, offset, samples)) {
            deliver();
        }
    }

    @Override
    public void words(List<WordTiming> timings) {
        if (recording.words(timings)) {
            deliver();
        }
    }

    @Override
    public void done() {
        if (recording.done()) {
            if (recording.sounded()) {
                cache.keep(key, this);
            } else {
                cache.giveUp(key, this);
            }
            deliver();
        }
    }

    @Override
    public void failed(ProviderException failure) {
        if (recording.failed(failure)) {
            cache.giveUp(key, this);
            deliver();
        }
    }

    private void deliver() {
        listeners.forEach(Listener::deliver);
    }
}
