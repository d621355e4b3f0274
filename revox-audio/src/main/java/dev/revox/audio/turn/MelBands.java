package dev.revox.audio.turn;

/**
 * Overlapping triangles on the mel scale, each of the same area, that gather the bins of a spectrum into bands.
 *
 * <p>The scale is that of Slaney's Auditory Toolbox, which Whisper uses: linear up to 1 kHz (200/3 Hz per mel), logarithmic above
 * (27 mel for a factor of 6.4).
 *
 * <p><b>Thread:</b> Immutable.
 */
final class MelBands {

    private static final double KNEE_HZ = 1000;
    private static final double KNEE_MEL = 15;
    private static final double MEL_PER_NEPER = 27 / Math.log(6.4);

    private final int[] firstBins;
    private final float[][] weights;

    /**
     * Bands from 0 Hz to half of the rate.
     *
     * @param bins of the spectrum, from 0 Hz to half of the rate
     */
    MelBands(int bands, int bins, int sampleRateHz) {
        firstBins = new int[bands];
        weights = new float[bands][];
        double topHz = sampleRateHz / 2.0;
        double[] edgesHz = new double[bands + 2];
        for (int i = 0; i < edgesHz.length; i++) {
            edgesHz[i] = hz(mel(topHz) * i / (bands + 1));
        }
        double binHz = topHz / (bins - 1);
        for (int band = 0; band < bands; band++) {
            int first = (int) Math.floor(edgesHz[band] / binHz) + 1;
            int last = Math.min(bins - 1, (int) Math.ceil(edgesHz[band + 2] / binHz) - 1);
            firstBins[band] = first;
            weights[band] = new float[Math.max(0, last - first + 1)];
            double area = 2 / (edgesHz[band + 2] - edgesHz[band]);
            for (int bin = first; bin <= last; bin++) {
                double hz = bin * binHz;
                double rising = (hz - edgesHz[band]) / (edgesHz[band + 1] - edgesHz[band]);
                double falling = (edgesHz[band + 2] - hz) / (edgesHz[band + 2] - edgesHz[band + 1]);
                weights[band][bin - first] = (float) (area * Math.min(rising, falling));
            }
        }
    }

    /** What the spectrum has within a band. */
    float of(int band, float[] power) {
        float[] weight = weights[band];
        int first = firstBins[band];
        float sum = 0;
        for (int i = 0; i < weight.length; i++) {
            sum += weight[i] * power[first + i];
        }
        return sum;
    }

    private static double mel(double hz) {
        return hz < KNEE_HZ ? hz * KNEE_MEL / KNEE_HZ : KNEE_MEL + Math.log(hz / KNEE_HZ) * MEL_PER_NEPER;
    }

    private static double hz(double mel) {
        return mel < KNEE_MEL ? mel * KNEE_HZ / KNEE_MEL : KNEE_HZ * Math.exp((mel - KNEE_MEL) / MEL_PER_NEPER);
    }
}
