package dev.revox.audio.turn;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Eight seconds of sound as Whisper's encoder wants to see them: {@value #BANDS} mel bands of {@value #FRAMES} frames.
 *
 * <p>Sound stands at the end, zeros before it. The whole is brought to mean 0 and variance 1; frames of 25 ms every 10 ms, the
 * first centred on the first sample, the ends mirrored; a Hann window; the power of {@value #BINS} bins; mel bands; the decimal
 * logarithm, cut 8 below its greatest value, plus 4, over 4.
 *
 * <p>400 points have no radix-2 transform. A plain one by tables, folded at its middle because sound is real, runs over whole
 * rows and so in vector registers, and there is no butterfly to get wrong. The frames of the padding are all the same one.
 *
 * <p><b>Thread:</b> Confined to its owner. Allocates nothing after construction.
 */
final class LogMel {

    static final int RATE_HZ = 16_000;
    static final int SAMPLES = 8 * RATE_HZ;
    static final int BANDS = 80;
    static final int FRAMES = 800;

    private static final int WINDOW = 400;
    private static final int HALF = WINDOW / 2;
    private static final int HOP = SAMPLES / FRAMES;
    private static final int BINS = HALF + 1;

    private static final double VARIANCE_FLOOR = 1e-7;
    private static final float POWER_FLOOR = 1e-10f;
    private static final float RANGE = 8;
    private static final float FULL_SCALE = 32768f;

    private final float[] hann = new float[WINDOW];
    /** Row n: the cosines of sample n at every bin. */
    private final float[] cosines = new float[BINS * BINS];

    private final float[] sines = new float[BINS * BINS];
    private final MelBands mel = new MelBands(BANDS, BINS, RATE_HZ);

    private final float[] wave = new float[SAMPLES + WINDOW];
    private final float[] windowed = new float[WINDOW + 1];
    private final float[] real = new float[BINS];
    private final float[] imaginary = new float[BINS];
    private final float[] bands = new float[BANDS * FRAMES];

    LogMel() {
        for (int n = 0; n < WINDOW; n++) {
            hann[n] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * n / WINDOW));
        }
        for (int n = 0; n < BINS; n++) {
            for (int k = 0; k < BINS; k++) {
                double angle = 2 * Math.PI * n * k / WINDOW;
                cosines[n * BINS + k] = (float) Math.cos(angle);
                sines[n * BINS + k] = (float) Math.sin(angle);
            }
        }
    }

    /**
     * Writes the features of a stretch of sound, band after band.
     *
     * @param sound at 16 kHz
     * @param samples how many of them; only the last eight seconds are looked at
     */
    void write(short[] sound, int samples, FloatBuffer into) {
        int used = Math.min(samples, SAMPLES);
        int padding = SAMPLES - used;
        normalise(sound, samples - used, used);
        // A frame whose whole window lies in the padding: all of these are alike.
        int alike = padding >= WINDOW ? (padding - HALF) / HOP : 0;
        float loudest = frame(alike);
        for (int frame = 0; frame < alike; frame++) {
            for (int band = 0; band < BANDS; band++) {
                bands[band * FRAMES + frame] = bands[band * FRAMES + alike];
            }
        }
        for (int frame = alike + 1; frame < FRAMES; frame++) {
            loudest = Math.max(loudest, frame(frame));
        }
        float floor = loudest - RANGE;
        for (int i = 0; i < bands.length; i++) {
            bands[i] = (Math.max(bands[i], floor) + 4) / 4;
        }
        into.put(0, bands);
    }

    private void normalise(short[] sound, int from, int used) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < used; i++) {
            double sample = sound[from + i] / FULL_SCALE;
            sum += sample;
            squares += sample * sample;
        }
        double mean = sum / SAMPLES;
        double gain = 1 / Math.sqrt(Math.max(0, squares / SAMPLES - mean * mean) + VARIANCE_FLOOR);
        int start = HALF + SAMPLES - used;
        Arrays.fill(wave, HALF, start, (float) (-mean * gain));
        for (int i = 0; i < used; i++) {
            wave[start + i] = (float) ((sound[from + i] / FULL_SCALE - mean) * gain);
        }
        for (int i = 1; i <= HALF; i++) {
            wave[HALF - i] = wave[HALF + i];
            wave[HALF + SAMPLES - 1 + i] = wave[HALF + SAMPLES - 1 - i];
        }
    }

    /** Works out one frame's logarithms. Answers the greatest. */
    private float frame(int frame) {
        for (int n = 0; n < WINDOW; n++) {
            windowed[n] = wave[frame * HOP + n] * hann[n];
        }
        spectrum();
        float loudest = -Float.MAX_VALUE;
        for (int band = 0; band < BANDS; band++) {
            float log = (float) Math.log10(Math.max(mel.of(band, real), POWER_FLOOR));
            bands[band * FRAMES + frame] = log;
            loudest = Math.max(loudest, log);
        }
        return loudest;
    }

    /** From the windowed samples to the power of each bin, in {@link #real}. */
    private void spectrum() {
        Arrays.fill(real, 0);
        Arrays.fill(imaginary, 0);
        add(real, cosines, 0, windowed[0]);
        add(real, cosines, HALF, windowed[HALF]);
        for (int n = 1; n < HALF; n++) {
            add(real, cosines, n, windowed[n] + windowed[WINDOW - n]);
            add(imaginary, sines, n, windowed[n] - windowed[WINDOW - n]);
        }
        for (int k = 0; k < BINS; k++) {
            real[k] = real[k] * real[k] + imaginary[k] * imaginary[k];
        }
    }

    private static void add(float[] into, float[] table, int row, float factor) {
        int base = row * BINS;
        for (int k = 0; k < BINS; k++) {
            into[k] += factor * table[base + k];
        }
    }
}
