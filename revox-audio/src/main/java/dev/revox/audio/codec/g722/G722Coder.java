package dev.revox.audio.codec.g722;

/**
 * 16 kHz to 64 kbit/s: a byte for each pair of samples.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> ITU-T G.722 §3, mode 1.
 */
public final class G722Coder {
    private final MirrorFilter filter = new MirrorFilter();
    private final LowBand low = new LowBand();
    private final HighBand high = new HighBand();

    /** The byte of the next two samples. */
    public byte encode(short earlier, short later) {
        filter.pass(earlier, later);
        int lowSample = (filter.sumOfEvens() + filter.sumOfOdds()) >> 14;
        int highSample = (filter.sumOfOdds() - filter.sumOfEvens()) >> 14;
        return (byte) ((high.encode(highSample) << 6) | low.encode(lowSample));
    }

    /** Forgets the stream so far. */
    public void reset() {
        filter.reset();
        low.reset();
        high.reset();
    }
}
