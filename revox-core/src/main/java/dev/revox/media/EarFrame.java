package dev.revox.media;

/**
 * What is known about the frame that an {@link Ear} has just read. One instance is reused for all reads of one reader.
 *
 * <p><b>Thread:</b> Confined to its reader. <b>Units:</b> {@code sampleTime} counts samples at the ear's rate since the
 * answer, on the RTP clock; it is negative for audio that came before the answer.
 */
public final class EarFrame {

    /** The samples were made up, because a packet was missing or held nothing but the echo of our own voice. */
    public static final int CONCEALED = 1;

    /** Samples before this frame are missing and were not made up. */
    public static final int GAP = 2;

    private long sampleTime;
    private int flags;

    public void set(long sampleTime, int flags) {
        this.sampleTime = sampleTime;
        this.flags = flags;
    }

    public long sampleTime() {
        return sampleTime;
    }

    public boolean concealed() {
        return (flags & CONCEALED) != 0;
    }

    public boolean gap() {
        return (flags & GAP) != 0;
    }
}
