package dev.revox.audio.mix;

import java.util.Random;

/**
 * A clip while it is made: a ring of samples, so that whatever crosses its end goes on at its beginning and no seam is heard.
 *
 * <p><b>Thread:</b> Confined to its maker. <b>Units:</b> samples at 16 kHz; 1 is an arbitrary loudness until {@link #finish}.
 */
final class Canvas {

    static final int RATE_HZ = Clip.RATE_HZ;

    /** The loudness of a finished clip at full volume: -26 dBov, well below the -18 of speech. */
    static final double RMS = 0.05 * 32767;

    private static final double PEAK = 0.4 * 32767;

    private final double[] ring;
    private final Random random;

    Canvas(double seconds, long seed) {
        ring = new double[2 * (int) (seconds * RATE_HZ / 2)];
        random = new Random(seed);
    }

    Random random() {
        return random;
    }

    double seconds() {
        return (double) ring.length / RATE_HZ;
    }

    /** A number between both. */
    double between(double low, double high) {
        return low + random.nextDouble() * (high - low);
    }

    void add(int sample, double value) {
        ring[Math.floorMod(sample, ring.length)] += value;
    }

    /** What the loudness of something is at a place within the ring, 0 to 1. */
    @FunctionalInterface
    interface Envelope {
        double at(double share);
    }

    /** Adds noise of a band. The filter runs around twice, so that its state at the end fits the beginning. */
    void noise(double centreHz, double width, double loudness, Envelope envelope) {
        double[] white = new double[ring.length];
        for (int i = 0; i < white.length; i++) {
            white[i] = random.nextGaussian() * loudness;
        }
        Resonator filter = new Resonator(centreHz, width);
        Resonator slope = new Resonator(centreHz, width);
        for (double value : white) {
            double unused = slope.next(filter.next(value));
        }
        for (int i = 0; i < white.length; i++) {
            ring[i] += slope.next(filter.next(white[i])) * envelope.at((double) i / ring.length);
        }
    }

    /** A swell that comes and goes whole times around the ring, never quite to nothing. */
    static Envelope swell(int times, double depth, double phase) {
        return share -> 1 - depth / 2 + depth / 2 * Math.sin(2 * Math.PI * (times * share + phase));
    }

    /** Scales to the loudness of clips, without an offset. */
    Clip finish() {
        double mean = 0;
        for (double value : ring) {
            mean += value / ring.length;
        }
        double squares = 0;
        double peak = 0;
        for (double value : ring) {
            squares += (value - mean) * (value - mean);
            peak = Math.max(peak, Math.abs(value - mean));
        }
        double scale = Math.min(RMS / Math.sqrt(squares / ring.length), PEAK / peak);
        short[] pcm = new short[ring.length];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) Math.round((ring[i] - mean) * scale);
        }
        return Clip.seamless(pcm);
    }
}
