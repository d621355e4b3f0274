package dev.revox.audio.vad;

/**
 * A judge of one stream of sound: how likely is it that somebody speaks in this window?
 *
 * <p><b>Thread:</b> Confined to the media loop; allocates nothing of its own.
 */
public interface VoiceActivityDetector extends AutoCloseable {

    /** {@code silero} or {@code energy}. */
    String name();

    int sampleRateHz();

    /** Samples that one judgement needs: 32 ms. */
    int windowSamples();

    /**
     * Judges the next window of the stream.
     *
     * @return 0..1
     */
    float probability(short[] pcm, int offset);

    /** Forgets the stream so far. */
    void reset();

    @Override
    void close();
}
