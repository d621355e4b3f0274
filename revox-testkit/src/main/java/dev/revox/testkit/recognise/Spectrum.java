package dev.revox.testkit.recognise;

/**
 * The power spectrum of a short window: a radix-2 FFT of fixed size.
 *
 * <p><b>Thread:</b> Confined to one recognition.
 */
final class Spectrum {

    static final int SIZE = 256;
    static final int BINS = SIZE / 2 + 1;

    private static final double[] COS = new double[SIZE / 2];
    private static final double[] SIN = new double[SIZE / 2];

    static {
        for (int i = 0; i < SIZE / 2; i++) {
            COS[i] = Math.cos(2 * Math.PI * i / SIZE);
            SIN[i] = -Math.sin(2 * Math.PI * i / SIZE);
        }
    }

    private final double[] real = new double[SIZE];
    private final double[] imaginary = new double[SIZE];

    /** Power in each bin; the window is padded with zeros. */
    void power(double[] window, double[] powerOut) {
        for (int i = 0; i < SIZE; i++) {
            int reversed = Integer.reverse(i) >>> (32 - 8);
            real[reversed] = i < window.length ? window[i] : 0;
            imaginary[reversed] = 0;
        }
        for (int half = 1; half < SIZE; half *= 2) {
            int stride = SIZE / (2 * half);
            for (int start = 0; start < SIZE; start += 2 * half) {
                for (int k = 0; k < half; k++) {
                    butterfly(start + k, start + k + half, COS[k * stride], SIN[k * stride]);
                }
            }
        }
        for (int bin = 0; bin < BINS; bin++) {
            powerOut[bin] = real[bin] * real[bin] + imaginary[bin] * imaginary[bin];
        }
    }

    private void butterfly(int upper, int lower, double cos, double sin) {
        double re = real[lower] * cos - imaginary[lower] * sin;
        double im = real[lower] * sin + imaginary[lower] * cos;
        real[lower] = real[upper] - re;
        imaginary[lower] = imaginary[upper] - im;
        real[upper] += re;
        imaginary[upper] += im;
    }
}
