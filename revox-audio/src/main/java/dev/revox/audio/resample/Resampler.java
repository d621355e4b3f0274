package dev.revox.audio.resample;

import java.util.Arrays;
import java.util.List;

/**
 * A change of sampling rate between 8, 16, 24 and 48 kHz, one stream at a time.
 *
 * <p>Rate change by L/M is: put L-1 zeros between samples, low-pass, keep every Mth. Only the products that survive are
 * computed, so the filter is kept as L sets of taps (polyphase). The filter is a Kaiser-windowed sinc of {@value
 * #TAPS_AT_LOWER_RATE} taps at the lower of both rates: flat to 42.5 % of that rate (3.4 kHz at 8 kHz), 55 dB down from half
 * of it on, and late by 24 of its samples (3 ms at 8 kHz). Equal rates are copied.
 *
 * <p><b>Thread:</b> Confined to its owner. Allocates nothing after construction.
 */
public final class Resampler {

    private static final List<Integer> RATES = List.of(8000, 16_000, 24_000, 48_000);
    private static final int TAPS_AT_LOWER_RATE = 48;

    /** Middle of the transition from 42.5 % to 50 % of the lower rate. */
    private static final double CUTOFF = 0.4625;

    private static final double KAISER_BETA = 5.4;

    /** Whole numbers, because the compiler vectorizes their sums and not those of floats; 14 bits cannot overflow. */
    private static final int TAP_BITS = 14;

    private static final int HALF = 1 << (TAP_BITS - 1);

    private final int up;
    private final int down;
    private final int maxIn;
    private final int tapsPerPhase;

    /** Taps of phase p at {@code p * tapsPerPhase}, in the order of the samples they meet. */
    private final int[] taps;

    /** The last {@code tapsPerPhase - 1} samples of before, then those of now. */
    private final int[] line;

    /** How far, in steps of the common multiple of both rates, the next output lies behind the next input sample. */
    private int phase;

    /**
     * A resampler.
     *
     * @param maxInSamples longest piece that is worked on in one go; longer calls are cut into such pieces
     */
    public Resampler(int inHz, int outHz, int maxInSamples) {
        check("inHz", inHz);
        check("outHz", outHz);
        if (maxInSamples < 1) {
            throw new IllegalArgumentException("maxInSamples must be positive, was " + maxInSamples);
        }
        int common = gcd(inHz, outHz);
        up = outHz / common;
        down = inHz / common;
        maxIn = maxInSamples;
        tapsPerPhase = TAPS_AT_LOWER_RATE * Math.max(up, down) / up;
        taps = up == down ? new int[0] : design(up, down, tapsPerPhase);
        line = up == down ? new int[0] : new int[tapsPerPhase - 1 + maxIn];
    }

    /** The most samples that {@link #process} may write for so many samples. */
    public int maxOut(int inSamples) {
        return up == down ? inSamples : (int) (((long) inSamples * up + down - 1) / down);
    }

    /**
     * Takes samples in and writes all that they complete.
     *
     * @return samples written, at most {@link #maxOut}
     */
    public int process(short[] in, int inOffset, int samples, short[] out, int outOffset) {
        if (up == down) {
            System.arraycopy(in, inOffset, out, outOffset, samples);
            return samples;
        }
        int written = 0;
        for (int done = 0; done < samples; done += maxIn) {
            written += piece(in, inOffset + done, Math.min(maxIn, samples - done), out, outOffset + written);
        }
        return written;
    }

    /** Forgets the stream so far. */
    public void reset() {
        Arrays.fill(line, 0);
        phase = 0;
    }

    private int piece(short[] in, int inOffset, int samples, short[] out, int outOffset) {
        int before = tapsPerPhase - 1;
        for (int i = 0; i < samples; i++) {
            line[before + i] = in[inOffset + i];
        }
        int written = 0;
        int position = phase;
        int end = samples * up;
        while (position < end) {
            int newest = position / up;
            int base = (position - newest * up) * tapsPerPhase;
            int sum = HALF;
            for (int t = 0; t < tapsPerPhase; t++) {
                sum += taps[base + t] * line[newest + t];
            }
            out[outOffset + written++] = clip(sum >> TAP_BITS);
            position += down;
        }
        phase = position - end;
        System.arraycopy(line, samples, line, 0, before);
        return written;
    }

    private static short clip(int value) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
    }

    private static int[] design(int up, int down, int tapsPerPhase) {
        int length = tapsPerPhase * up;
        double cutoff = CUTOFF / Math.max(up, down);
        double middle = (length - 1) / 2.0;
        double[] prototype = new double[length];
        for (int i = 0; i < length; i++) {
            double t = i - middle;
            double sinc = t == 0 ? 2 * cutoff : Math.sin(2 * Math.PI * cutoff * t) / (Math.PI * t);
            double edge = t / middle;
            prototype[i] = sinc * bessel(KAISER_BETA * Math.sqrt(1 - edge * edge)) / bessel(KAISER_BETA);
        }
        int[] taps = new int[length];
        for (int p = 0; p < up; p++) {
            double sum = 0;
            for (int t = 0; t < tapsPerPhase; t++) {
                sum += prototype[p + t * up];
            }
            int rest = 1 << TAP_BITS;
            for (int t = 0; t < tapsPerPhase; t++) {
                // Newest sample meets the first tap of its phase.
                int tap = (int) Math.round(prototype[p + t * up] / sum * (1 << TAP_BITS));
                taps[p * tapsPerPhase + tapsPerPhase - 1 - t] = tap;
                rest -= tap;
            }
            // Every phase has a gain of exactly one at 0 Hz: the middle tap takes the rounding errors of all.
            taps[p * tapsPerPhase + tapsPerPhase / 2] += rest;
        }
        return taps;
    }

    /** The modified Bessel function of the first kind and order zero, by its series. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; k < 40; k++) {
            term *= (x / 2 / k) * (x / 2 / k);
            sum += term;
        }
        return sum;
    }

    private static void check(String name, int hz) {
        if (!RATES.contains(hz)) {
            throw new IllegalArgumentException(name + " must be one of " + RATES + ", was " + hz);
        }
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
