package dev.revox.audio.speech;

import java.util.Random;

/**
 * Speech that is made up where none was recorded: syllables of a voice with a gliding pitch and changing formants, hissing consonants, and
 * pauses. Each seed is another speaker.
 */
public final class Babble {

    private static final int RATE_HZ = 8000;
    private static final double RMS = 1500;

    private Babble() {}

    public static short[] say(long seed, int seconds) {
        Random random = new Random(seed);
        double pitchHz = 95 + random.nextInt(110);
        double[] out = new double[seconds * RATE_HZ];
        int at = 0;
        while (at < out.length) {
            int pause = random.nextInt(6) == 0 ? 2000 + random.nextInt(2400) : random.nextInt(400);
            at += pause;
            at = hiss(out, at, 300 + random.nextInt(700), random);
            at = vowel(out, at, 900 + random.nextInt(1500), pitchHz * (0.85 + 0.3 * random.nextDouble()), random);
        }
        double power = 0;
        for (double value : out) {
            power += value * value / out.length;
        }
        short[] pcm = new short[out.length];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) Math.max(-32_000, Math.min(32_000, out[i] * RMS / Math.sqrt(power)));
        }
        return pcm;
    }

    private static int hiss(double[] out, int at, int samples, Random random) {
        double before = 0;
        for (int i = 0; i < samples && at + i < out.length; i++) {
            double white = random.nextGaussian();
            out[at + i] += 0.06 * (white - 0.7 * before) * Math.sin(Math.PI * i / samples);
            before = white;
        }
        return at + samples;
    }

    private static int vowel(double[] out, int at, int samples, double pitchHz, Random random) {
        double[] formantHz = {300 + random.nextInt(450), 900 + random.nextInt(1300), 2400 + random.nextInt(700)};
        double[][] state = new double[3][2];
        double glide = (random.nextDouble() - 0.5) * 0.3;
        double phase = 0;
        for (int i = 0; i < samples && at + i < out.length; i++) {
            phase += pitchHz * (1 + glide * i / samples) / RATE_HZ;
            double pulse = phase >= 1 ? 1 : 0;
            phase -= pulse;
            double source = pulse + 0.02 * random.nextGaussian();
            double sum = 0;
            for (int f = 0; f < 3; f++) {
                double radius = 0.97 - 0.02 * f;
                double next = source
                        + 2 * radius * Math.cos(2 * Math.PI * formantHz[f] / RATE_HZ) * state[f][0]
                        - radius * radius * state[f][1];
                state[f][1] = state[f][0];
                state[f][0] = next;
                sum += next / (1 + f);
            }
            out[at + i] += sum * Math.sin(Math.PI * i / samples);
        }
        return at + samples;
    }
}
