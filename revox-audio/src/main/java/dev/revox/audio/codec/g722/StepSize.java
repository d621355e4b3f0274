package dev.revox.audio.codec.g722;

/**
 * How coarse a sub-band's quantiser is: a logarithm that grows with large differences and leaks away with small ones.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> ITU-T G.722 §3.5 (blocks 3L and 3H).
 */
final class StepSize {
    private static final int LEAK = 127;
    private static final int[] POWERS = powers();

    private final int largest;
    private final int shift;
    private final int first;
    private int logarithm;
    private int step;

    private StepSize(int largest, int shift, int first) {
        this.largest = largest;
        this.shift = shift;
        this.first = first;
        step = first;
    }

    static StepSize low() {
        return new StepSize(18_432, 8, 32);
    }

    static StepSize high() {
        return new StepSize(22_528, 10, 8);
    }

    int step() {
        return step;
    }

    /** Takes the weight of the code that was sent. */
    void adapt(int weight) {
        logarithm = Math.clamp(((logarithm * LEAK) >> 7) + weight, 0, largest);
        int mantissa = POWERS[(logarithm >> 6) & 31];
        int exponent = shift - (logarithm >> 11);
        step = (exponent < 0 ? mantissa << -exponent : mantissa >> exponent) << 2;
    }

    void reset() {
        logarithm = 0;
        step = first;
    }

    /** 2048 times two to the 32nds, as the recommendation's table has them. */
    private static int[] powers() {
        int[] table = new int[32];
        for (int i = 0; i < table.length; i++) {
            table[i] = (int) Math.floor(2048 * Math.pow(2, i / 32.0) + 0.5);
        }
        return table;
    }
}
