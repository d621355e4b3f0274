package dev.revox.audio.codec.g722;

import java.util.Arrays;

/**
 * What one sub-band expects its next sample to be: two poles and six zeros that follow the signal. Coder and player run the same
 * one on the same numbers, so they stay alike without being told.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> ITU-T G.722 §3.6.1 to §3.6.5 (blocks 4L and 4H).
 */
final class Predictor {
    private static final int ZEROS = 6;
    private static final int POLE_LEAK = 32_640;
    private static final int SECOND_POLE_LEAK = 32_512;
    private static final int SECOND_POLE_LIMIT = 12_288;
    private static final int POLES_LIMIT = 15_360;

    private final int[] zeros = new int[ZEROS];
    /** Quantised differences, the newest first. */
    private final int[] differences = new int[ZEROS];

    private int pole1;
    private int pole2;
    private int rebuilt1;
    private int rebuilt2;
    private int partial1;
    private int partial2;
    private int fromZeros;
    private int expected;

    /** The next sample, as it is expected. */
    int expected() {
        return expected;
    }

    /** Takes the difference between the next sample and what was expected, as it was sent. */
    void learn(int difference) {
        int rebuilt = Fixed.clip(expected + difference);
        int partial = Fixed.clip(fromZeros + difference);
        int newPole2 = secondPole(partial);
        pole1 = firstPole(partial, newPole2);
        pole2 = newPole2;
        adaptZeros(difference);
        System.arraycopy(differences, 0, differences, 1, ZEROS - 1);
        differences[0] = difference;
        rebuilt2 = rebuilt1;
        rebuilt1 = rebuilt;
        partial2 = partial1;
        partial1 = partial;
        fromZeros = filterZeros();
        int fromPoles = Fixed.clip(Fixed.product(pole1, Fixed.clip(rebuilt1 + rebuilt1))
                + Fixed.product(pole2, Fixed.clip(rebuilt2 + rebuilt2)));
        expected = Fixed.clip(fromPoles + fromZeros);
    }

    private int secondPole(int partial) {
        int step = Fixed.clip(pole1 << 2);
        int towards = Math.min(alike(partial, partial1) ? -step : step, Short.MAX_VALUE);
        int next = (towards >> 7) + (alike(partial, partial2) ? 128 : -128) + Fixed.product(pole2, SECOND_POLE_LEAK);
        return Math.clamp(next, -SECOND_POLE_LIMIT, SECOND_POLE_LIMIT);
    }

    private int firstPole(int partial, int newPole2) {
        int next = Fixed.clip((alike(partial, partial1) ? 192 : -192) + Fixed.product(pole1, POLE_LEAK));
        int limit = Fixed.clip(POLES_LIMIT - newPole2);
        return Math.clamp(next, -limit, limit);
    }

    private void adaptZeros(int difference) {
        int step = difference == 0 ? 0 : 128;
        for (int i = 0; i < ZEROS; i++) {
            int towards = alike(difference, differences[i]) ? step : -step;
            zeros[i] = Fixed.clip(towards + Fixed.product(zeros[i], POLE_LEAK));
        }
    }

    private int filterZeros() {
        int sum = 0;
        for (int i = 0; i < ZEROS; i++) {
            sum += Fixed.product(zeros[i], Fixed.clip(differences[i] + differences[i]));
        }
        return Fixed.clip(sum);
    }

    private static boolean alike(int a, int b) {
        return (a < 0) == (b < 0);
    }

    void reset() {
        Arrays.fill(zeros, 0);
        Arrays.fill(differences, 0);
        pole1 = 0;
        pole2 = 0;
        rebuilt1 = 0;
        rebuilt2 = 0;
        partial1 = 0;
        partial2 = 0;
        fromZeros = 0;
        expected = 0;
    }
}
