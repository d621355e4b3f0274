package dev.revox.audio.vad.level;

/**
 * The loudness of a stretch of samples.
 *
 * <p><b>Thread:</b> Thread-safe. <b>Units:</b> dBov: 0 is the loudest square wave there can be (RFC 6464 §3).
 */
public final class Level {

    /** What digital silence counts as. */
    public static final float SILENCE_DBOV = -96f;

    private Level() {}

    public static float dbov(short[] pcm, int offset, int samples) {
        long energy = 0;
        long sum = 0;
        for (int i = offset; i < offset + samples; i++) {
            energy += (long) pcm[i] * pcm[i];
            sum += pcm[i];
        }
        // A constant offset of the line is not sound.
        double power = (energy - (double) sum * sum / samples) / samples;
        return power < 1 ? SILENCE_DBOV : (float) (10 * Math.log10(power / (32768.0 * 32768.0)));
    }
}
