package dev.revox.audio.codec.g722;

/**
 * 64 kbit/s to 16 kHz: two samples for each byte. Any byte gives sound.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> ITU-T G.722 §4, mode 1.
 */
public final class G722Player {
    private final MirrorFilter filter = new MirrorFilter();
    private final LowBand low = new LowBand();
    private final HighBand high = new HighBand();

    /** Writes the two samples of a byte. */
    public void decode(byte code, short[] out, int offset) {
        int lowSample = low.decode(code & 0x3F);
        int highSample = high.decode((code >> 6) & 3);
        filter.pass(lowSample + highSample, lowSample - highSample);
        out[offset] = (short) Fixed.clip(filter.sumOfOdds() >> 11);
        out[offset + 1] = (short) Fixed.clip(filter.sumOfEvens() >> 11);
    }

    /** Forgets the stream so far. */
    public void reset() {
        filter.reset();
        low.reset();
        high.reset();
    }
}
