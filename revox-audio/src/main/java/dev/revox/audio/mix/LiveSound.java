package dev.revox.audio.mix;

/**
 * Somebody else's speech as it comes, at its own pace and rate.
 *
 * <p><b>Thread:</b> Confined to the media loop; never blocks.
 */
public interface LiveSound {

    /** The rate of what {@link #read} gives: 8, 16, 24 or 48 kHz; it may change between two reads. */
    int sampleRateHz();

    /**
     * Fills so many samples of the sound that is due now.
     *
     * @return false when nothing has come yet; nothing is written then
     */
    boolean read(short[] into, int samples, long nowNanos);
}
