package dev.revox.media;

/**
 * Where the mouth takes the samples of one segment from, on the media loop.
 *
 * <p><b>Thread:</b> One writer (a provider's thread), one reader (the media loop). {@link #read} must not block, lock or
 * allocate.
 */
public interface FrameSource {

    /**
     * Moves up to {@code maxSamples} samples.
     *
     * @return samples written; 0 when more will come but none is there yet; -1 when everything has been read
     */
    int read(short[] into, int offset, int maxSamples);
}
