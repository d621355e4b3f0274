package dev.revox.audio.vad;

/**
 * The judging of all streams of one media loop together: windows that are complete at about the same time go through the network
 * as one batch, where that is cheaper.
 *
 * <p><b>Thread:</b> {@link #open} and {@link #close} are thread-safe, the rest and the streams are confined to the media loop and
 * allocate nothing of their own. Closed after the loop has ended.
 */
public interface VoiceActivityPanel extends AutoCloseable {

    /** A window waits at most so long for others: {@value} ms. */
    int LONGEST_WAIT_MS = 3;

    /**
     * A stream to be judged.
     *
     * @param sampleRateHz 8000 or 16000
     * @param verdict hears the judgements, in the order of the windows
     */
    Stream open(int sampleRateHz, Verdict verdict);

    /** Judges what has waited long enough; called once per tick. */
    void judgeDue(long nowNanos);

    @Override
    void close();

    /** One stream of sound. */
    interface Stream extends AutoCloseable {

        /** {@code silero} or {@code energy}. */
        String name();

        /** Samples of a window: 32 ms. */
        int windowSamples();

        /**
         * Hands in the next window, which is judged now or within {@value #LONGEST_WAIT_MS} ms, but before the one after it. The
         * samples may be overwritten as soon as this returns.
         */
        void submit(short[] pcm, int offset, long nowNanos);

        /** Ends the stream; a window that waits gets no judgement any more. */
        @Override
        void close();
    }

    /** What hears how likely it is that somebody spoke in a window: 0..1. */
    @FunctionalInterface
    interface Verdict {
        void judged(float probability, long nowNanos);
    }
}
