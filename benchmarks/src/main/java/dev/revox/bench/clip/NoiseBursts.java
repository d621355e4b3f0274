package dev.revox.bench.clip;

import java.util.Random;

/**
 * Sounds of a room that are no speech: a cough, a knock, a rattle. Made by code: noise through two resonances that rises at once and
 * dies away, one to three times.
 */
final class NoiseBursts {

    private static final int SHORTEST_MS = 60;
    private static final int LONGEST_MS = 280;
    private static final int BETWEEN_MS = 90;
    private static final double PEAK = 9000;
    private static final double RESONANCE = 0.94;

    private NoiseBursts() {}

    static short[] burst(Random random) {
        int times = random.nextInt(1, 4);
        int[] lengths =
                random.ints(times, samples(SHORTEST_MS), samples(LONGEST_MS)).toArray();
        int total = samples(BETWEEN_MS) * (times - 1);
        for (int length : lengths) {
            total += length;
        }
        short[] pcm = new short[total];
        int at = 0;
        for (int length : lengths) {
            one(pcm, at, length, random);
            at += length + samples(BETWEEN_MS);
        }
        return pcm;
    }

    private static void one(short[] pcm, int at, int length, Random random) {
        double lowHz = random.nextDouble(250, 700);
        double highHz = random.nextDouble(1200, 3200);
        double[] low = new double[2];
        double[] high = new double[2];
        double[] sound = new double[length];
        double greatest = 1;
        for (int i = 0; i < length; i++) {
            double noise = random.nextGaussian();
            double mixed = ring(noise, lowHz, low) + 0.6 * ring(noise, highHz, high);
            double rise = Math.min(1, i / (double) samples(8));
            sound[i] = mixed * rise * Math.exp(-3.5 * i / length);
            greatest = Math.max(greatest, Math.abs(sound[i]));
        }
        for (int i = 0; i < length; i++) {
            pcm[at + i] = (short) (sound[i] / greatest * PEAK);
        }
    }

    private static double ring(double in, double hz, double[] before) {
        double out = in
                + 2 * RESONANCE * Math.cos(2 * Math.PI * hz / Clip.RATE_HZ) * before[0]
                - RESONANCE * RESONANCE * before[1];
        before[1] = before[0];
        before[0] = out;
        return out;
    }

    private static int samples(int ms) {
        return ms * (Clip.RATE_HZ / 1000);
    }
}
