package dev.revox.acceptance.world;

import dev.revox.testkit.voice.Sound;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How like a piece of speech is to what was recorded of it somewhere else.
 *
 * <p>Where in the recording it is shows the envelope (how loud it is, every 10 ms). From there on each half second of it is laid
 * over the recording anew and shifted until it fits best: a telephone's playout buffer may repeat or drop some milliseconds
 * between words, which would set everything behind it off by more than a wave.
 *
 * @param correlation of the waves at 8 kHz, the median of the half seconds: 1 is the same up to loudness, 0 has nothing in common
 * @param envelope correlation of the loudness over the whole piece
 * @param levelDb how much louder the recording is
 * @param atMs where in the recording the piece begins
 */
public record Likeness(double correlation, double envelope, double levelDb, int atMs) {

    private static final int RATE_HZ = 8000;
    private static final int STEP = RATE_HZ / 100;
    private static final int WINDOW = RATE_HZ / 2;
    private static final int SLACK = RATE_HZ * 80 / 1000;

    /** Half seconds quieter than this, as the mean square, are pauses. */
    private static final double FLOOR = 200.0 * 200.0;

    /**
     * Looks for a piece of speech in a recording.
     *
     * @throws IllegalArgumentException when the piece is shorter than a second, or longer than the recording
     */
    public static Likeness of(Sound piece, Sound recording) {
        short[] wanted = piece.at(RATE_HZ).pcm();
        short[] heard = recording.at(RATE_HZ).pcm();
        if (wanted.length < RATE_HZ || heard.length < wanted.length) {
            throw new IllegalArgumentException("a piece of " + piece + " cannot be found in " + recording);
        }
        double[] loud = loudness(wanted);
        double[] loudThere = loudness(heard);
        double best = -1;
        int at = 0;
        for (int lag = 0; lag + loud.length <= loudThere.length; lag++) {
            double like = correlation(loud, 0, loudThere, lag, loud.length);
            if (like > best) {
                best = like;
                at = lag;
            }
        }
        return new Likeness(waves(wanted, heard, at * STEP), best, level(wanted, heard, at * STEP), at * 10);
    }

    private static double waves(short[] wanted, short[] heard, int at) {
        List<Double> fits = new ArrayList<>();
        for (int from = 0; from + WINDOW <= wanted.length; from += WINDOW / 2) {
            if (power(wanted, from, WINDOW) < FLOOR) {
                continue;
            }
            double best = -1;
            int first = Math.max(0, at + from - SLACK);
            int last = Math.min(heard.length - WINDOW, at + from + SLACK);
            for (int there = first; there <= last; there++) {
                best = Math.max(best, correlation(wanted, from, heard, there));
            }
            fits.add(best);
        }
        Collections.sort(fits);
        return fits.isEmpty() ? 0 : fits.get(fits.size() / 2);
    }

    private static double level(short[] wanted, short[] heard, int at) {
        int length = Math.min(wanted.length, heard.length - at);
        return 10 * Math.log10(Math.max(1, power(heard, at, length)) / Math.max(1, power(wanted, 0, length)));
    }

    private static double[] loudness(short[] pcm) {
        double[] loud = new double[pcm.length / STEP];
        for (int i = 0; i < loud.length; i++) {
            loud[i] = Math.sqrt(power(pcm, i * STEP, STEP));
        }
        return loud;
    }

    private static double power(short[] pcm, int from, int length) {
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += (double) pcm[i] * pcm[i];
        }
        return sum / length;
    }

    /** Of the waves, which have no mean. */
    private static double correlation(short[] a, int fromA, short[] b, int fromB) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < WINDOW; i++) {
            double x = a[fromA + i];
            double y = b[fromB + i];
            ab += x * y;
            aa += x * x;
            bb += y * y;
        }
        return ab / Math.sqrt(Math.max(1, aa) * Math.max(1, bb));
    }

    private static double correlation(double[] a, int fromA, double[] b, int fromB, int length) {
        double meanA = 0;
        double meanB = 0;
        for (int i = 0; i < length; i++) {
            meanA += a[fromA + i];
            meanB += b[fromB + i];
        }
        meanA /= length;
        meanB /= length;
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < length; i++) {
            double x = a[fromA + i] - meanA;
            double y = b[fromB + i] - meanB;
            ab += x * y;
            aa += x * x;
            bb += y * y;
        }
        return ab / Math.sqrt(Math.max(1e-9, aa) * Math.max(1e-9, bb));
    }
}
