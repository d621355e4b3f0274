package dev.revox.agent.tts.cache;

import dev.revox.agent.tts.TextToSpeech;
import dev.revox.assistant.sound.Voice;
import org.jspecify.annotations.Nullable;

/**
 * A provider behind a cache. An utterance is looked up when its text is complete, so it is for texts that are given at once.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class CachedVoice implements TextToSpeech {

    private final TextToSpeech provider;
    private final SpeechCache cache;

    CachedVoice(TextToSpeech provider, SpeechCache cache) {
        this.provider = provider;
        this.cache = cache;
    }

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public int sampleRateHz() {
        return provider.sampleRateHz();
    }

    @Override
    public void warmUp() {
        provider.warmUp();
    }

    @Override
    public Utterance open(Voice voice, Sink sink) {
        return new Kept(voice, new Listener(sink));
    }

    private final class Kept implements Utterance {

        private final Voice voice;
        private final Listener listener;
        private final StringBuilder text = new StringBuilder();
        private boolean ended;

        Kept(Voice voice, Listener listener) {
            this.voice = voice;
            this.listener = listener;
        }

        @Override
        public void text(String more) {
            text.append(more);
        }

        @Override
        public void end() {
            if (!ended && listener.isOpen()) {
                ended = true;
                cache.attend(new CacheKey(provider, voice, text.toString()), listener);
            }
        }

        @Override
        public void demand(boolean more) {
            listener.demand(more);
            @Nullable Making making = listener.making();
            if (making != null) {
                making.demandChanged();
            }
            listener.deliver();
        }

        @Override
        public void cancel() {
            @Nullable Making making = listener.making();
            if (listener.shut() && making != null) {
                making.leave(listener);
            }
        }
    }
}
