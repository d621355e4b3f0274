package dev.revox.audio.echo;

import java.util.Arrays;

/**
 * The last {@value #HISTORY} samples that were heard, the newest block at the end, with their high frequencies raised, and how quiet the line
 * is between them.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Units:</b> samples at {@value EchoJudge#RATE_HZ} Hz, powers of samples of 16 bits.
 */
final class HeardSound {

    static final float EMPHASIS = 0.6f;

    static final int HISTORY = 640;

    /** What white noise gains by the emphasis. */
    private static final float EMPHASIS_GAIN = 1 + EMPHASIS * EMPHASIS;

    /** No line's background is taken to be louder: -55 dBov. */
    private static final float LOUDEST_FLOOR = 58 * 58;

    private static final float FALL = 0.3f;
    private static final float RISE = 1.003f;
    private static final float LEAST_RISE = 0.05f;

    /** Louder than the background by less is nothing: 3 dB, and -78 dBov in absolute terms. */
    private static final float AUDIBLE = 2;

    private static final float LEAST_AUDIBLE = 16;

    private final float[] samples = new float[HISTORY];
    private float last;
    private float energy;
    private int block;
    private float power;
    private float floor = -1;

    /** The next block. */
    void add(short[] pcm, int offset, int length) {
        System.arraycopy(samples, length, samples, 0, HISTORY - length);
        int from = HISTORY - length;
        float before = last;
        for (int i = 0; i < length; i++) {
            float now = pcm[offset + i];
            samples[from + i] = now - EMPHASIS * before;
            before = now;
        }
        last = before;
        block = length;
        float sum = 0;
        for (int i = from; i < HISTORY; i++) {
            sum += samples[i] * samples[i];
        }
        energy = sum;
        power = power(pcm, offset, length);
        if (floor < 0) {
            noteBackground();
        }
    }

    /** What follows does not continue what was heard. */
    void forget() {
        Arrays.fill(samples, 0);
        last = 0;
        block = 0;
    }

    /** The newest block is no echo: the quietest of such blocks is the line's background. */
    void noteBackground() {
        noteBackground(power);
    }

    /** The same for sound that is not kept, at any rate. */
    void noteBackground(short[] pcm, int offset, int length) {
        noteBackground(power(pcm, offset, length));
    }

    private void noteBackground(float level) {
        if (floor < 0) {
            floor = Math.min(LOUDEST_FLOOR, level);
        } else if (level < floor) {
            floor += FALL * (level - floor);
        } else {
            floor = Math.min(LOUDEST_FLOOR, Math.min(level, floor * RISE + LEAST_RISE));
        }
    }

    private static float power(short[] pcm, int offset, int length) {
        float sum = 0;
        for (int i = offset; i < offset + length; i++) {
            sum += (float) pcm[i] * pcm[i];
        }
        return sum / length;
    }

    float[] samples() {
        return samples;
    }

    /** Where the newest block begins. */
    int from() {
        return HISTORY - block;
    }

    int block() {
        return block;
    }

    float energy() {
        return energy;
    }

    /** What of a block's energy is the line's background. */
    float background() {
        return floor * EMPHASIS_GAIN * block;
    }

    /** Whether the newest block is more than the line's background. */
    boolean audible() {
        return energy > (AUDIBLE * floor + LEAST_AUDIBLE) * EMPHASIS_GAIN * block;
    }

    /** The power of the line's background, without the emphasis. */
    float backgroundPower() {
        return Math.max(0, floor);
    }
}
