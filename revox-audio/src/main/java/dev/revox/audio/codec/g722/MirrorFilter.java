package dev.revox.audio.codec.g722;

import java.util.Arrays;

/**
 * The quadrature mirror filter that splits 16 kHz into two bands of 8 kHz, and joins them again.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> ITU-T G.722 §3.1 and §4.4, table 11.
 */
final class MirrorFilter {
    private static final int[] TAPS = {3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11};

    private final int[] evens = new int[TAPS.length];
    private final int[] odds = new int[TAPS.length];
    private int first;
    private int second;

    /** Takes two values, and makes both sums over the newest 24. */
    void pass(int even, int odd) {
        System.arraycopy(evens, 1, evens, 0, TAPS.length - 1);
        System.arraycopy(odds, 1, odds, 0, TAPS.length - 1);
        evens[TAPS.length - 1] = even;
        odds[TAPS.length - 1] = odd;
        int sumOfEvens = 0;
        int sumOfOdds = 0;
        for (int i = 0; i < TAPS.length; i++) {
            sumOfEvens += evens[i] * TAPS[i];
            sumOfOdds += odds[i] * TAPS[TAPS.length - 1 - i];
        }
        first = sumOfEvens;
        second = sumOfOdds;
    }

    int sumOfEvens() {
        return first;
    }

    int sumOfOdds() {
        return second;
    }

    void reset() {
        Arrays.fill(evens, 0);
        Arrays.fill(odds, 0);
    }
}
