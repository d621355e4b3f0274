package dev.revox.audio.echo;

import java.util.Arrays;

/**
 * The way from what we sent to what came back: a short filter around one delay, the best one (least squares) for the latest echo.
 *
 * <p>Solved anew from sums that forget (Levinson's recursion), instead of being adapted step by step: it is right after a few tens of
 * milliseconds of sound, and there is no step size to be wrong.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Units:</b> samples at {@value EchoJudge#RATE_HZ} Hz.
 */
final class EchoPath {

    private static final int TAPS = 48;

    /** Taps before the delay that was found, for what its neighbours hold. */
    private static final int BEFORE = 16;

    /** The strongest tap is kept this far from the ends: a clock that drifts moves it. */
    private static final int EDGE = 6;

    /** Equations that are almost alike must not blow the filter up. */
    private static final float STEADY = 1.01f;

    private static final float TINY = 1e-9f;
    private static final float SINGULAR = 1e-2f;

    private final float[] filter = new float[TAPS];
    private final float[] auto = new float[TAPS];
    private final float[] cross = new float[TAPS];
    private final float[] forward = new float[TAPS];
    private final float[] next = new float[TAPS];
    private final float[] sound = new float[HeardSound.HISTORY + TAPS];
    private final float[] rest = new float[EchoJudge.MAX_BLOCK];
    private long offset;
    private int samples;

    /** Begins anew at a difference between places of heard and sent samples. */
    void begin(long difference) {
        offset = difference - BEFORE;
        Arrays.fill(auto, 0);
        Arrays.fill(cross, 0);
        Arrays.fill(filter, 0);
    }

    /** Takes over what another one has learnt. */
    void take(EchoPath other) {
        offset = other.offset;
        System.arraycopy(other.filter, 0, filter, 0, TAPS);
        System.arraycopy(other.auto, 0, auto, 0, TAPS);
        System.arraycopy(other.cross, 0, cross, 0, TAPS);
    }

    /** The difference between the places of a heard sample and of the sent one that it is mostly made of. */
    long difference() {
        return offset + strongest();
    }

    /** The same filter for a delay that is so much longer. */
    void move(int by) {
        offset += by;
    }

    /** Fetches what was sent for a stretch that was heard. @return its energy */
    float fetch(long start, int length, SentSound sent) {
        samples = length;
        sent.copy(start - offset - (TAPS - 1), length + TAPS - 1, sound);
        float sum = 0;
        for (int m = TAPS - 1 - BEFORE; m < length + TAPS - 1 - BEFORE; m++) {
            sum += sound[m] * sound[m];
        }
        return sum;
    }

    /** The energy of a block that the sound fetched for it does not explain. */
    float unexplained(float[] heard, int from) {
        System.arraycopy(heard, from, rest, 0, samples);
        for (int k = 0; k < TAPS; k += 4) {
            float a = filter[k];
            float b = filter[k + 1];
            float c = filter[k + 2];
            float d = filter[k + 3];
            int at = TAPS - 4 - k;
            for (int m = 0; m < samples; m++) {
                rest[m] -= a * sound[m + at + 3] + b * sound[m + at + 2] + c * sound[m + at + 1] + d * sound[m + at];
            }
        }
        float sum = 0;
        for (int m = 0; m < samples; m++) {
            sum += rest[m] * rest[m];
        }
        return sum;
    }

    /** What {@link #unexplained} found last. */
    float[] rest() {
        return rest;
    }

    /**
     * Adds the stretch that was fetched to the sums.
     *
     * @param keep the share of the older sums that stays
     * @param weight of the new ones
     */
    void learn(float[] heard, int from, float keep, float weight) {
        for (int k = 0; k < TAPS; k += 2) {
            int at = TAPS - 2 - k;
            float c0 = 0;
            float c1 = 0;
            float r0 = 0;
            float r1 = 0;
            for (int m = 0; m < samples; m++) {
                float echo = heard[from + m];
                float now = sound[m + TAPS - 1];
                float a = sound[m + at + 1];
                float b = sound[m + at];
                c0 += echo * a;
                c1 += echo * b;
                r0 += now * a;
                r1 += now * b;
            }
            cross[k] = keep * cross[k] + weight * c0;
            cross[k + 1] = keep * cross[k + 1] + weight * c1;
            auto[k] = keep * auto[k] + weight * r0;
            auto[k + 1] = keep * auto[k + 1] + weight * r1;
        }
    }

    /** Makes the filter of the sums. */
    void solve() {
        float power = auto[0] * STEADY + TINY;
        float error = power;
        forward[0] = 1;
        Arrays.fill(filter, 0);
        filter[0] = cross[0] / error;
        for (int order = 1; order < TAPS; order++) {
            float sum = 0;
            float missing = cross[order];
            for (int j = 0; j < order; j++) {
                sum += forward[j] * auto[order - j];
                missing -= filter[j] * auto[order - j];
            }
            float reflection = -sum / error;
            forward[order] = 0;
            for (int j = 0; j <= order; j++) {
                next[j] = forward[j] + reflection * forward[order - j];
            }
            System.arraycopy(next, 0, forward, 0, order + 1);
            error *= 1 - reflection * reflection;
            if (!(error > power * SINGULAR)) {
                return;
            }
            float gain = missing / error;
            for (int j = 0; j <= order; j++) {
                filter[j] += gain * forward[order - j];
            }
        }
    }

    /** Moves the filter along when a drifting clock has brought its strongest tap to an end. */
    void follow() {
        int strongest = strongest();
        if (strongest >= EDGE && strongest < TAPS - EDGE) {
            return;
        }
        int shift = strongest - BEFORE;
        offset += shift;
        System.arraycopy(cross, Math.max(0, shift), next, Math.max(0, -shift), TAPS - Math.abs(shift));
        Arrays.fill(next, 0, Math.max(0, -shift), 0);
        Arrays.fill(next, TAPS - Math.max(0, shift), TAPS, 0);
        System.arraycopy(next, 0, cross, 0, TAPS);
        solve();
    }

    private int strongest() {
        int at = 0;
        for (int k = 1; k < TAPS; k++) {
            if (Math.abs(filter[k]) > Math.abs(filter[at])) {
                at = k;
            }
        }
        return at;
    }
}
