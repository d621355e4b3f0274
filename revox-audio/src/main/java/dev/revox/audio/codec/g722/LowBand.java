package dev.revox.audio.codec.g722;

/**
 * 0 to 4 kHz in six bits a sample, of which the adaptation sees four.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> ITU-T G.722 §3.2, §3.4, tables 4 to 9.
 */
final class LowBand {
    /** Decision levels of the 60-level quantiser, in units of the step over 4096. */
    private static final int[] DECISIONS = {
        35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023, 1121, 1219, 1339,
        1458, 1612, 1765, 1980, 2195, 2557, 2919
    };
    /** What four bits of a code stand for; the sign is in the upper half. */
    private static final int[] FOUR_BITS = {
        0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0
    };
    /** What six bits stand for when the code says it is positive, from the largest down. */
    private static final int[] SIX_BITS = {
        24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456, 4944,
        4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136
    };

    private static final int SMALLEST = 136;
    private static final int[] WEIGHTS = {-60, -30, 58, 172, 334, 538, 1198, 3042};
    private static final int[] WEIGHT_OF_CODE = {0, 7, 6, 5, 4, 3, 2, 1, 7, 6, 5, 4, 3, 2, 1, 0};
    private static final int LIMIT = 16_384;

    private final Predictor predictor = new Predictor();
    private final StepSize step = StepSize.low();

    /** The code of a sample. */
    int encode(int sample) {
        int difference = Fixed.clip(sample - predictor.expected());
        boolean negative = difference < 0;
        int size = negative ? ~difference : difference;
        int level = 0;
        while (level < DECISIONS.length && size >= (DECISIONS[level] * step.step()) >> 12) {
            level++;
        }
        int code = code(level, negative);
        adapt(code);
        return code;
    }

    /** The sample of a code, in 15 bits. */
    int decode(int code) {
        int sample = Math.clamp(predictor.expected() + Fixed.product(step.step(), sixBits(code)), -LIMIT, LIMIT - 1);
        adapt(code);
        return sample;
    }

    // Tables 5 and 6: levels count from 0; the two smallest of each sign stand apart from the rest.
    private static int code(int level, boolean negative) {
        if (negative) {
            return level < 2 ? 63 - level : 33 - level;
        }
        return 61 - level;
    }

    private static int sixBits(int code) {
        if (code >= 62) {
            return code == 62 ? -432 : -SMALLEST;
        }
        if (code >= 32) {
            return SIX_BITS[code - 32];
        }
        // Codes 0 to 3 are never sent, so that a byte of zeros cannot occur; they read as the smallest.
        return code < 4 ? -SMALLEST : -SIX_BITS[code - 4];
    }

    private void adapt(int code) {
        int four = code >> 2;
        int difference = Fixed.product(step.step(), FOUR_BITS[four]);
        step.adapt(WEIGHTS[WEIGHT_OF_CODE[four]]);
        predictor.learn(difference);
    }

    void reset() {
        predictor.reset();
        step.reset();
    }
}
