package dev.revox.media;

/**
 * What the other side says: mono 16 bit frames, each once, in order, on RTP time.
 *
 * <p>Nobody is woken per frame; a reader polls every 20-40 ms. Audio from before the reader's first read is kept as far as
 * the ring reaches, so that nothing said while the agent was still connecting is lost.
 *
 * <p><b>Thread:</b> One writer (the media loop), one reader.
 */
public interface Ear {

    /** Sampling rate of what {@link #read} gives. Fixed for the life of the ear. */
    int sampleRateHz();

    /**
     * Reads at most one frame.
     *
     * @param into room for at least 60 ms of samples behind {@code offset}
     * @return samples written, 0 when nothing is waiting, -1 after the last frame of an ended leg
     */
    int read(short[] into, int offset, EarFrame frame);

    /** Samples that were thrown away because the reader was slower than the ring is long. */
    long droppedSamples();

    /** Stops this reader; its ring is freed. */
    void close();
}
