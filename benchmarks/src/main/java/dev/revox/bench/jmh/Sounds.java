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
}
