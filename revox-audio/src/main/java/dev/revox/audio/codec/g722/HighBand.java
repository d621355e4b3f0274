package dev.revox.audio.codec.g722;

/**
 * 4 to 8 kHz in two bits a sample.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> ITU-T G.722 §3.3, §3.4, tables 4 and 8.
 */
final class HighBand {
    private static final int DECISION = 564;
    private static final int[] TWO_BITS = {-7408, -1616, 7408, 1616};
    private static final int[] WEIGHTS = {798, -214, 798, -214};
    private static final int LIMIT = 16_384;

    private final Predictor predictor = new Predictor();
    private final StepSize step = StepSize.high();

    /** The code of a sample. */
    int encode(int sample) {
        int difference = Fixed.clip(sample - predictor.expected());
        boolean negative = difference < 0;
        int size = negative ? ~difference : difference;
        boolean small = size < (DECISION * step.step()) >> 12;
        int code = (negative ? 0 : 2) + (small ? 1 : 0);
        int unused = decode(code);
        return code;
    }

    /** The sample of a code, in 15 bits. */
    int decode(int code) {
        int difference = Fixed.product(step.step(), TWO_BITS[code]);
        int sample = Math.clamp(predictor.expected() + difference, -LIMIT, LIMIT - 1);
        step.adapt(WEIGHTS[code]);
        predictor.learn(difference);
        return sample;
    }

    void reset() {
        predictor.reset();
        step.reset();
    }
}
