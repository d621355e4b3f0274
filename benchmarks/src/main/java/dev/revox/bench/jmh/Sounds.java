package dev.revox.bench.jmh;

import java.util.Random;

/** Made-up sound for benchmarks whose cost does not depend on what is said. <b>Thread:</b> Thread-safe. */
final class Sounds {

    private Sounds() {}

    /** A hum that is loud in every fourth window and soft in the others: no gate takes it for the line's own noise. */
    static short[] changingHum(int rateHz, int windows) {
        short[] pcm = hum(rateHz, 32 * windows);
        int window = pcm.length / windows;
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] /= (short) (i / window % 4 == 0 ? 1 : 20);
        }
        return pcm;
    }

    /** A hum with harmonics and some noise, loud enough for any detector. */
    static short[] hum(int rateHz, int ms) {
        Random random = new Random(1);
        short[] pcm = new short[rateHz / 1000 * ms];
        for (int i = 0; i < pcm.length; i++) {
            double t = 2 * Math.PI * 120 * i / rateHz;
            pcm[i] = (short) (4000 * Math.sin(t) + 2000 * Math.sin(3 * t) + 200 * random.nextGaussian());
        }
        return pcm;
    }

    /** Something like a voice: noise through resonances that change every 150 ms, in a tone of its own. */
    static short[] babble(long seed, int samples) {
        Random random = new Random(seed);
        double pitchHz = 100 + random.nextInt(100);
        double[] state = new double[4];
        double phase = 0;
        double first = 0;
        double second = 0;
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            if (i % 1200 == 0) {
                first = 2 * 0.97 * Math.cos(2 * Math.PI * (300 + random.nextInt(500)) / 8000);
                second = 2 * 0.95 * Math.cos(2 * Math.PI * (1000 + random.nextInt(1500)) / 8000);
                pitchHz *= 0.9 + 0.2 * random.nextDouble();
            }
            phase += pitchHz / 8000;
            double source = (phase >= 1 ? 600 : 0) + 20 * random.nextGaussian();
            phase -= phase >= 1 ? 1 : 0;
            double low = source + first * state[0] - 0.97 * 0.97 * state[1];
            double high = source + second * state[2] - 0.95 * 0.95 * state[3];
            state[1] = state[0];
            state[0] = low;
            state[3] = state[2];
            state[2] = high;
            pcm[i] = (short) Math.max(-32_000, Math.min(32_000, low + high));
        }
        return pcm;
    }
}
