package dev.revox.audio.tone;

/**
 * Two blocks of sound that may be a key press, looked at through a window that keeps both frequencies apart however much louder
 * one of them is.
 *
 * <p>Three windows overlap by half. From one to the next a frequency's phase tells how far it lies from where it belongs, without
 * doubt for up to 78 Hz.
 *
 * <p><b>Thread:</b> Confined to its detector.
 */
final class CloseLook {

    private static final int BLOCK = DtmfDetector.BLOCK;
    private static final int HOP = BLOCK / 2;
    private static final int WINDOWS = 3;

    /** A key's level does not change from one block to the next: 3 dB. */
    private static final double MOST_CHANGE = 2;

    private static final float[] HANN = new float[BLOCK];
    private static final double SUM;
    private static final double SQUARES;

    static {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < BLOCK; i++) {
            double weight = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / BLOCK);
            HANN[i] = (float) weight;
            sum += weight;
            squares += weight * weight;
        }
        SUM = sum;
        SQUARES = squares;
    }

    private final float[] windowed = new float[WINDOWS * BLOCK];
    private final double[] energy = new double[WINDOWS];
    private double firstShare;
    private double lastShare;
    private double power;

    /** Takes both blocks. */
    void take(float[] blocks) {
        firstShare = 0;
        lastShare = 0;
        for (int w = 0; w < WINDOWS; w++) {
            double sum = 0;
            for (int i = 0; i < BLOCK; i++) {
                float value = blocks[w * HOP + i] * HANN[i];
                windowed[w * BLOCK + i] = value;
                sum += value * value;
            }
            energy[w] = sum / SQUARES;
        }
    }

    /** Whether there is a steady tone no further than {@code mostOffset} cycles a sample from where it belongs. */
    boolean holds(Goertzel tone, double mostOffset) {
        double first = power(tone, 0);
        double phase = tone.phase();
        tone.look(windowed, BLOCK, BLOCK);
        double offset = tone.offset(phase, HOP);
        phase = tone.phase();
        double last = power(tone, 2);
        offset = (offset + tone.offset(phase, HOP)) / 2;
        boolean steady = first < MOST_CHANGE * last && last < MOST_CHANGE * first;
        if (!steady || Math.abs(offset) > mostOffset) {
            return false;
        }
        double visible = visible(offset);
        power = (first + last) / 2 / visible;
        firstShare += first / visible / energy[0];
        lastShare += last / visible / energy[2];
        return true;
    }

    /** The part of the energy that all tones found so far have, in the block in which it is less. */
    double share() {
        return Math.min(firstShare, lastShare);
    }

    /** The mean square of the tone found last. */
    double power() {
        return power;
    }

    private double power(Goertzel tone, int window) {
        tone.look(windowed, window * BLOCK, BLOCK);
        return tone.power(BLOCK) * (BLOCK / SUM) * (BLOCK / SUM);
    }

    /** The part of a tone's power that the window lets through when the tone lies beside its frequency. */
    private static double visible(double offset) {
        double bins = Math.abs(offset) * BLOCK;
        if (bins < 1e-6) {
            return 1;
        }
        double x = Math.PI * bins;
        double response = Math.sin(x) / x / (1 - bins * bins);
        return response * response;
    }
}
