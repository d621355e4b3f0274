package dev.revox.agent.stt;

import dev.revox.agent.stream.Cancellable;
import dev.revox.agent.stream.ProviderException;

/**
 * A recogniser: sound in, words out.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public interface SpeechToText {

    /** Short name for logs and events, e.g. {@code openai}. */
    String name();

    /**
     * Opens one stream for the length of a call.
     *
     * @param sampleRateHz rate of the samples that will be given; the provider converts if it must
     */
    Stream open(int sampleRateHz, Sink sink);

    /** Makes ready for the stream of a call that is being dialled. Must not block. */
    default Preparation prepare() {
        return new Preparation() {
            @Override
            public Stream open(int sampleRateHz, Sink sink) {
                return SpeechToText.this.open(sampleRateHz, sink);
            }

            @Override
            public void cancel() {}
        };
    }

    /** Opens connections so that the first turn is not slower than the rest. May block. */
    default void warmUp() {}

    /** What is ready for one call. <b>Thread:</b> Thread-safe; no method blocks. */
    interface Preparation extends Cancellable {

        /** Opens the call's stream with it. Called at most once; cancelling means nothing afterwards. */
        Stream open(int sampleRateHz, Sink sink);
    }

    /** One call's stream. <b>Thread:</b> one caller at a time; no method blocks. */
    interface Stream extends AutoCloseable {

        /** Some more sound, mono 16 bit. The samples are copied. */
        void audio(short[] pcm, int offset, int samples);

        /** Our ear noticed that speech began; {@code leadSamples} before now is where it did. */
        void speechStarted(long leadSamples);

        /**
         * Our ear noticed a pause that may be the end of the utterance. A recogniser that can, says through {@link Sink#soFar} what
         * was said since the utterance began, and says it again when more is understood of the same sound; it need not do it at all.
         *
         * @param pause number given back with the words
         * @param confirmed false when only the sound fell, true when the voice detector agrees. A pause is told up to three times: when
         *     the sound falls, when what was still faint then is over, and when it is confirmed
         */
        default void speechPaused(int pause, boolean confirmed) {}

        /** The utterance goes on behind its last pause. */
        default void speechResumed() {}

        /**
         * Our ear noticed that speech ended. A recogniser that works on whole utterances sends its request now; a streaming
         * one finalises. Exactly one {@link Sink#finished} follows for each call of this method, unless it fails.
         *
         * @param utterance number given back with the result
         */
        void speechEnded(int utterance);

        @Override
        void close();
    }

    /** Where words go. <b>Thread:</b> called on the provider's threads, one call at a time; must not block. */
    interface Sink {

        /** What was understood so far of the utterance under way; replaces the interim text before. */
        void interim(String text);

        /** What was said from the beginning of the utterance to a pause; replaces what was said of the same pause before. */
        default void soFar(int pause, String text) {}

        /** The whole text of an utterance, empty when nothing was said. */
        void finished(int utterance, String text);

        /** The stream is of no more use, or (retryable) this utterance is lost. */
        void failed(ProviderException failure);
    }
}
