package dev.revox.audio.codec.noise;

import java.util.Arrays;

/**
 * The background of a line, made up while nothing comes: its level and colour are those that the other side describes in
 * comfort noise packets, else the level of the quietest sound heard from it.
 *
 * <p><b>Thread:</b> Confined to the media loop. Allocates nothing after construction. <b>Units:</b> levels are root mean squares
 * of 16 bit samples; a payload's are -dBov. <b>Spec:</b> RFC 3389 §3.
 */
public final class ComfortNoise {

    private static final int MAX_ORDER = 12;
    private static final double FULL_SCALE = 32_768;
    private static final int LOWEST_LEVEL = 127;
    private static final double MIDDLE = 127;
    private static final double STEP = 258.0 / 32_768;

    /** A uniform distribution within -1..1 has this power. */
    private static final double UNIFORM_POWER = 1 / 3.0;

    private static final double LOUDEST_ESTIMATE = 330;
    private static final double FALL = 0.3;
    private static final double RISE = 1.004;

    private final double[] reflection = new double[MAX_ORDER];
    private final double[] delayed = new double[MAX_ORDER + 1];
    private int order;
    private double excitation;
    private double floor = -1;
    private long random = 0x9E37_79B9_7F4A_7C15L;

    /** Takes note of real sound: the quietest of it is the background. */
    public void listen(short[] pcm, int offset, int samples) {
        if (samples <= 0) {
            return;
        }
        double level = Math.min(LOUDEST_ESTIMATE, rms(pcm, offset, samples));
        if (floor < 0) {
            floor = level;
        } else if (level < floor) {
            floor += FALL * (level - floor);
        } else {
            floor = Math.min(level, floor * RISE + 0.01);
        }
        order = 0;
        excitation = floor / Math.sqrt(UNIFORM_POWER);
    }

    /**
     * Takes a comfort noise payload: level, then reflection coefficients.
     *
     * @return false when it is empty, and nothing changed
     */
    public boolean describe(byte[] payload, int offset, int length) {
        if (length < 1 || offset < 0 || length > payload.length - offset) {
            return false;
        }
        int level = Math.min(LOWEST_LEVEL, payload[offset] & 0x7F);
        int described = Math.min(MAX_ORDER, length - 1);
        double gain = 1;
        for (int i = 0; i < described; i++) {
            // 255 is not used; it would be unstable.
            double k = (Math.min(254, payload[offset + 1 + i] & 0xFF) - MIDDLE) * STEP;
            reflection[i] = k;
            gain *= 1 - k * k;
        }
        if (described != order) {
            Arrays.fill(delayed, 0);
        }
        order = described;
        double rms = FULL_SCALE * Math.pow(10, -level / 20.0);
        excitation = rms * Math.sqrt(gain / UNIFORM_POWER);
        return true;
    }

    /** The background's level as heard, 0 before anything was. */
    public double heardRms() {
        return Math.max(0, floor);
    }

    /** Writes noise. */
    public void fill(short[] out, int offset, int samples) {
        for (int i = 0; i < samples; i++) {
            out[offset + i] = clip(next());
        }
    }

    /** Adds noise to sound, growing from one gain to another. */
    public void mix(short[] out, int offset, int samples, double fromGain, double toGain) {
        for (int i = 0; i < samples; i++) {
            double gain = fromGain + (toGain - fromGain) * i / samples;
            out[offset + i] = clip(out[offset + i] + gain * next());
        }
    }

    /** Forgets what was heard and described. */
    public void reset() {
        order = 0;
        excitation = 0;
        floor = -1;
        Arrays.fill(delayed, 0);
    }

    /** The root mean square of sound. */
    public static double rms(short[] pcm, int offset, int samples) {
        double sum = 0;
        for (int i = 0; i < samples; i++) {
            sum += (double) pcm[offset + i] * pcm[offset + i];
        }
        return Math.sqrt(sum / samples);
    }

    /** White noise through an all-pole lattice, which is stable for any reflection below 1. */
    private double next() {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        double forward = excitation * ((random >> 11) * 0x1.0p-52);
        for (int i = order; i > 0; i--) {
            forward -= reflection[i - 1] * delayed[i - 1];
            delayed[i] = delayed[i - 1] + reflection[i - 1] * forward;
        }
        delayed[0] = forward;
        return forward;
    }

    private static short clip(double value) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(value)));
    }
}
