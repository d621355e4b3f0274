package dev.revox.testkit.recognise;

import dev.revox.testkit.voice.Sound;
import java.util.Arrays;

/**
 * A sound as a track of mel-frequency cepstra with their slopes, and which of its frames are speech.
 *
 * <p>The level is normalised first and a noise floor is added 30 dB under the speech, so that gain and the noise of G.711
 * change nothing. The mean stays in: the codecs of a telephone line hardly colour a voice, and the mean of a few words is
 * mostly the words themselves.
 *
 * <p><b>Thread:</b> Immutable. <b>Units:</b> one frame is {@value #FRAME_MS} ms at 8 kHz.
 */
@SuppressWarnings("ArrayRecordComponent") // a value that is only read inside this room
record Cepstra(float[][] frames, boolean[] speech) {

    static final int FRAME_MS = 10;
    static final int DIMENSIONS = 24;

    private static final int RATE_HZ = 8000;
    private static final int HOP_SAMPLES = RATE_HZ * FRAME_MS / 1000;
    private static final int WINDOW_SAMPLES = 256;
    private static final int FILTERS = 18;
    private static final int COEFFICIENTS = 12;
    private static final double LOWEST_HZ = 180;
    private static final double HIGHEST_HZ = 3500;
    private static final double NOISE_FLOOR = 1e-3;
    private static final double SPEECH_FLOOR = 1e-3;
    private static final int SHORTEST_PAUSE_FRAMES = 8;
    private static final float SLOPE_WEIGHT = 0.7f;

    private static final double[][] MEL = melFilters();
    private static final double[][] COSINES = cosines();

    /** Nothing that could be speech is louder than a few steps of a 16 bit converter. */
    private static final double SILENT_POWER = 40 * 40;

    static Cepstra of(Sound anyRate) {
        short[] pcm = anyRate.at(RATE_HZ).pcm();
        int count = Math.max(0, (pcm.length - WINDOW_SAMPLES) / HOP_SAMPLES + 1);
        double[] energy = new double[count];
        for (int f = 0; f < count; f++) {
            for (int i = 0; i < WINDOW_SAMPLES; i++) {
                double sample = pcm[f * HOP_SAMPLES + i];
                energy[f] += sample * sample / WINDOW_SAMPLES;
            }
        }
        double level = speechLevel(energy);
        boolean[] speech = speechFrames(energy, level);
        float[][] cepstra = new float[count][DIMENSIONS];
        Spectrum spectrum = new Spectrum();
        double[] window = new double[WINDOW_SAMPLES];
        double[] power = new double[Spectrum.BINS];
        double gain = 1 / Math.sqrt(level);
        for (int f = 0; f < count; f++) {
            for (int i = 0; i < WINDOW_SAMPLES; i++) {
                int at = f * HOP_SAMPLES + i;
                double before = at == 0 ? 0 : pcm[at - 1];
                double hamming = 0.54 - 0.46 * Math.cos(2 * Math.PI * i / (WINDOW_SAMPLES - 1));
                window[i] = (pcm[at] - 0.95 * before) * gain * hamming;
            }
            spectrum.power(window, power);
            fill(cepstra[f], power);
        }
        addSlopes(cepstra);
        return new Cepstra(cepstra, speech);
    }

    private static void fill(float[] cepstrum, double[] power) {
        double[] logs = new double[FILTERS];
        for (int m = 0; m < FILTERS; m++) {
            double sum = 0;
            for (int bin = 0; bin < power.length; bin++) {
                sum += MEL[m][bin] * power[bin];
            }
            logs[m] = Math.log(sum / WINDOW_SAMPLES + NOISE_FLOOR);
        }
        for (int c = 0; c < COEFFICIENTS; c++) {
            double sum = 0;
            for (int m = 0; m < FILTERS; m++) {
                sum += COSINES[c][m] * logs[m];
            }
            cepstrum[c] = (float) sum;
        }
    }

    private static void addSlopes(float[][] cepstra) {
        for (int f = 0; f < cepstra.length; f++) {
            float[] before2 = cepstra[Math.max(0, f - 2)];
            float[] before1 = cepstra[Math.max(0, f - 1)];
            float[] after1 = cepstra[Math.min(cepstra.length - 1, f + 1)];
            float[] after2 = cepstra[Math.min(cepstra.length - 1, f + 2)];
            for (int c = 0; c < COEFFICIENTS; c++) {
                float slope = (after1[c] - before1[c] + 2 * (after2[c] - before2[c])) / 10;
                cepstra[f][COEFFICIENTS + c] = SLOPE_WEIGHT * slope;
            }
        }
    }

    /** Mean power of the louder frames. */
    private static double speechLevel(double[] energy) {
        double[] sorted = energy.clone();
        Arrays.sort(sorted);
        if (sorted.length == 0) {
            return SILENT_POWER;
        }
        // The 20 loudest frames stand for the level: a long silence beside a short word must not change it.
        double sum = 0;
        int loudest = Math.min(20, sorted.length);
        for (int i = sorted.length - loudest; i < sorted.length; i++) {
            sum += sorted[i] / loudest;
        }
        return Math.max(SILENT_POWER, sum);
    }

    // Stop consonants are silent for a moment inside a word: short pauses count as speech.
    private static boolean[] speechFrames(double[] energy, double level) {
        boolean[] speech = new boolean[energy.length];
        int lastLoud = -1;
        for (int f = 0; f < energy.length; f++) {
            if (energy[f] > level * SPEECH_FLOOR) {
                if (lastLoud >= 0 && f - lastLoud <= SHORTEST_PAUSE_FRAMES) {
                    Arrays.fill(speech, lastLoud, f, true);
                }
                speech[f] = true;
                lastLoud = f;
            }
        }
        return speech;
    }

    /** How far two frames are from each other. */
    static float distance(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < DIMENSIONS; i++) {
            float difference = a[i] - b[i];
            sum += difference * difference;
        }
        return (float) Math.sqrt(sum);
    }

    private static double[][] melFilters() {
        double low = mel(LOWEST_HZ);
        double step = (mel(HIGHEST_HZ) - low) / (FILTERS + 1);
        double[][] filters = new double[FILTERS][Spectrum.BINS];
        for (int m = 0; m < FILTERS; m++) {
            double centre = low + (m + 1) * step;
            for (int bin = 0; bin < Spectrum.BINS; bin++) {
                double at = mel((double) bin * RATE_HZ / Spectrum.SIZE);
                filters[m][bin] = Math.max(0, 1 - Math.abs(at - centre) / step);
            }
        }
        return filters;
    }

    private static double mel(double hz) {
        return 2595 * Math.log10(1 + hz / 700);
    }

    private static double[][] cosines() {
        double[][] cosines = new double[COEFFICIENTS][FILTERS];
        for (int c = 0; c < COEFFICIENTS; c++) {
            for (int m = 0; m < FILTERS; m++) {
                cosines[c][m] = Math.sqrt(2.0 / FILTERS) * Math.cos(Math.PI * (c + 1) * (m + 0.5) / FILTERS);
            }
        }
        return cosines;
    }
}
