package dev.revox.audio.turn;

import java.util.stream.IntStream;

/** The definition of the features, in double precision and without any short cut: one value at a time. */
final class PlainLogMel {

    private static final int SAMPLES = 128_000;
    private static final int WINDOW = 400;

    private static final double[] COSINES = IntStream.range(0, WINDOW)
            .mapToDouble(n -> Math.cos(2 * Math.PI * n / WINDOW))
            .toArray();

    private static final double[][] TRIANGLES = new double[80][201];

    static {
        for (int band = 0; band < 80; band++) {
            for (int k = 0; k <= 200; k++) {
                TRIANGLES[band][k] = triangle(band, k * 40.0);
            }
        }
    }

    private final double[] wave = new double[SAMPLES];
    private final double[][] logs = new double[800][];
    private double loudest = Double.NEGATIVE_INFINITY;

    PlainLogMel(short[] sound) {
        int start = SAMPLES - sound.length;
        double mean = 0;
        for (int i = 0; i < sound.length; i++) {
            wave[start + i] = sound[i] / 32768.0;
            mean += wave[start + i] / SAMPLES;
        }
        double variance = 0;
        for (double sample : wave) {
            variance += (sample - mean) * (sample - mean) / SAMPLES;
        }
        for (int i = 0; i < SAMPLES; i++) {
            wave[i] = (wave[i] - mean) / Math.sqrt(variance + 1e-7);
        }
        for (int frame = 0; frame < 800; frame++) {
            logs[frame] = frame(frame);
        }
    }

    double at(int band, int frame) {
        return (Math.max(logs[frame][band], loudest - 8) + 4) / 4;
    }

    private double[] frame(int frame) {
        double[] windowed = new double[WINDOW];
        for (int n = 0; n < WINDOW; n++) {
            windowed[n] = sample(frame * 160 + n - 200) * (0.5 - 0.5 * COSINES[n]);
        }
        double[] power = new double[201];
        for (int k = 0; k <= 200; k++) {
            double re = 0;
            double im = 0;
            for (int n = 0; n < WINDOW; n++) {
                re += windowed[n] * COSINES[k * n % WINDOW];
                im += windowed[n] * COSINES[(k * n + WINDOW / 4) % WINDOW];
            }
            power[k] = re * re + im * im;
        }
        double[] bands = new double[80];
        for (int band = 0; band < 80; band++) {
            double sum = 0;
            for (int k = 0; k <= 200; k++) {
                sum += TRIANGLES[band][k] * power[k];
            }
            bands[band] = Math.log10(Math.max(sum, 1e-10));
            loudest = Math.max(loudest, bands[band]);
        }
        return bands;
    }

    private double sample(int index) {
        int mirrored = index < 0 ? -index : index >= SAMPLES ? 2 * (SAMPLES - 1) - index : index;
        return wave[mirrored];
    }

    private static double triangle(int band, double hz) {
        double low = edge(band);
        double middle = edge(band + 1);
        double high = edge(band + 2);
        return Math.max(0, Math.min((hz - low) / (middle - low), (high - hz) / (high - middle))) * 2 / (high - low);
    }

    /** Edges stand evenly on the mel scale from 0 Hz to 8 kHz. */
    private static double edge(int number) {
        double top = 15 + 27 * Math.log(8) / Math.log(6.4);
        double mel = top * number / 81;
        return mel < 15 ? mel * 200 / 3 : 1000 * Math.pow(6.4, (mel - 15) / 27);
    }
}
