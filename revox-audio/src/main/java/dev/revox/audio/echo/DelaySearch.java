package dev.revox.audio.echo;

import java.util.Arrays;

/**
 * The search for the delay with which our own sound comes back: how much alike what was heard and what was sent are, for every delay at once
 * (cross-correlation).
 *
 * <p>Some tens of milliseconds of sound are enough, and what is older is forgotten as quickly, because a delay may change in the middle of a
 * call. The search runs at half the rate, which is a quarter of the work.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Units:</b> samples at {@value EchoJudge#RATE_HZ} Hz, those within the search at half of it.
 */
final class DelaySearch {

    /** Delays up to here are found, with what jitter adds to them: {@value} ms. */
    static final int LONGEST_MS = 440;

    private static final int LAGS = LONGEST_MS * EchoJudge.RATE_HZ / 2000;
    private static final int MAX_HALF = EchoJudge.MAX_BLOCK / 2;

    /** The low-pass reaches so far to either side. */
    private static final int REACH = 3;

    /** For a block of 20 ms. */
    private static final float KEEP = 0.7f;

    private static final float KEEP_SHORT = 0.84f;

    /** An echo has at most this share of the power that was sent: -6 dB. */
    private static final float LEAST_LOSS = 4;

    private final float[] product = new float[LAGS];
    private final float[] energy = new float[LAGS];
    private final float[] sentWide = new float[2 * (LAGS + MAX_HALF + REACH)];
    private final float[] sentHalf = new float[LAGS + MAX_HALF];
    private final float[] heardHalf = new float[MAX_HALF];
    private float own;
    private float likeness;
    private long base;
    private int heardSamples;

    /** Forgets what was heard. */
    void reset() {
        if (heardSamples > 0) {
            Arrays.fill(product, 0);
            Arrays.fill(energy, 0);
            own = 0;
            heardSamples = 0;
        }
    }

    /** How much it has heard since the reset. */
    int heardSamples() {
        return heardSamples;
    }

    /**
     * Takes the newest block into account.
     *
     * @param start the place of its first sample
     */
    void hear(HeardSound heard, long start, SentSound sent) {
        int samples = heard.block();
        if (heardSamples == 0) {
            base = start + samples - sent.end();
        }
        heardSamples += samples;
        int half = samples / 2;
        // Both sides are taken 2 * REACH samples early, so that the low-pass needs nothing that is not there yet.
        halve(heard.samples(), heard.from() - 2 * REACH, half, heardHalf);
        long oldest = start - base - 2L * (LAGS - 1) - 2 * REACH;
        sent.copy(oldest, 2 * (LAGS + half - 1 + REACH), sentWide);
        halve(sentWide, 0, LAGS + half - 1, sentHalf);
        float keep = samples > EchoJudge.MAX_BLOCK / 2 ? KEEP : KEEP_SHORT;
        addProducts(half, keep);
        addEnergies(half, keep);
    }

    private void addProducts(int half, float keep) {
        for (int s = 0; s < LAGS; s++) {
            product[s] *= keep;
        }
        own *= keep;
        // Four at a time: each sum is fetched and stored once for four products.
        for (int m = 0; m + 3 < half; m += 4) {
            float a = heardHalf[m];
            float b = heardHalf[m + 1];
            float c = heardHalf[m + 2];
            float d = heardHalf[m + 3];
            own += a * a + b * b + c * c + d * d;
            for (int s = 0; s < LAGS; s++) {
                product[s] += a * sentHalf[m + s]
                        + b * sentHalf[m + s + 1]
                        + c * sentHalf[m + s + 2]
                        + d * sentHalf[m + s + 3];
            }
        }
    }

    private void addEnergies(int half, float keep) {
        float sum = 0;
        for (int m = 0; m < half; m++) {
            sum += sentHalf[m] * sentHalf[m];
        }
        for (int s = 0; s < LAGS - 1; s++) {
            energy[s] = energy[s] * keep + Math.max(0, sum);
            sum += sentHalf[s + half] * sentHalf[s + half] - sentHalf[s] * sentHalf[s];
        }
        energy[LAGS - 1] = energy[LAGS - 1] * keep + Math.max(0, sum);
    }

    /** Every second sample of a low-pass with 7 taps. */
    private static void halve(float[] in, int offset, int half, float[] out) {
        for (int j = 0; j < half; j++) {
            int at = offset + 2 * j + REACH;
            out[j] = (16 * in[at] + 9 * (in[at - 1] + in[at + 1]) - (in[at - 3] + in[at + 3])) / 32;
        }
    }

    /** The most likely difference between the place of a sample that was heard and that of the same one that was sent. */
    long likeliest() {
        float best = 0;
        int at = 0;
        float least = own * LEAST_LOSS;
        for (int s = 0; s < LAGS; s++) {
            if (energy[s] >= least) {
                float alike = product[s] * product[s] / energy[s];
                if (alike > best) {
                    best = alike;
                    at = s;
                }
            }
        }
        likeness = own > 0 ? best / own : 0;
        return base + 2L * (LAGS - 1 - at);
    }

    /** What share of the sound that was heard is explained at {@link #likeliest}, by one delayed copy of what was sent: 0..1. */
    float likeness() {
        return likeness;
    }
}
