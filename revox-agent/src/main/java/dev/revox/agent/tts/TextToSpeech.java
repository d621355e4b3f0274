package dev.revox.agent.tts;

import dev.revox.agent.stream.Cancellable;
import dev.revox.agent.stream.ProviderException;
import dev.revox.assistant.sound.Voice;
import java.util.List;

/**
 * A voice: text in, sound out, both streaming.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public interface TextToSpeech {

    /** Short name for logs and events, e.g. {@code cartesia}. */
    String name();

    /** The rate of the mono 16 bit samples that it gives. */
    int sampleRateHz();

    /** Opens one utterance. Returns at once. */
    Utterance open(Voice voice, Sink sink);

    /** Opens connections so that the first turn is not slower than the rest. May block. */
    default void warmUp() {}

    /** One piece of speech in the making. <b>Thread:</b> one caller at a time; no method blocks. */
    interface Utterance extends Cancellable {

        /** Some more text, in whole words. */
        void text(String more);

        /** No more text will come. */
        void end();

        /** False asks the provider to read no more from its connection; true lets it go on. Starts as true. */
        void demand(boolean more);
    }

    /** Where sound goes. Calls come one at a time; {@link #done} or {@link #failed} is the last. */
    interface Sink {

        /** More samples; the array is only lent. */
        void audio(short[] pcm, int offset, int samples);

        /** When words begin, if the provider tells. Times count from the start of the utterance. */
        void words(List<WordTiming> timings);

        void done();

        void failed(ProviderException failure);
    }

    /** A word of the utterance and when it is spoken. */
    record WordTiming(String word, long startMicros, long endMicros) {
        @Override
        public String toString() {
            return "WordTiming[" + startMicros + ".." + endMicros + "]";
        }
    }
}
