package dev.revox.testkit.provider;

/**
 * The ear behind the local transcription server: sound to text.
 *
 * <p><b>Thread:</b> implementations must be thread-safe; servers call it from many threads.
 */
@FunctionalInterface
public interface Recogniser {

    /** What was said in the mono 16 bit samples; empty when nothing was understood. */
    String recognise(short[] pcm, int sampleRateHz);

    /** The same for a piece of a stream that begins at that sample of it. */
    default String recogniseFrom(long startSample, short[] pcm, int sampleRateHz) {
        return recognise(pcm, sampleRateHz);
    }
}
