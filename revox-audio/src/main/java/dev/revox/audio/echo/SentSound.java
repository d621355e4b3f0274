package dev.revox.audio.echo;

import java.util.Arrays;

/**
 * The last half second of what was sent, for recognising it when it comes back.
 *
 * <p>Kept with its high frequencies raised (pre-emphasis), as {@link HeardSound} is: speech is then more alike in all of them, and a filter
 * that explains it is found from less sound.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Units:</b> samples at {@value EchoJudge#RATE_HZ} Hz, counted from the first.
 */
final class SentSound {

    /** 512 ms, a power of two. */
    private static final int CAPACITY = 4096;

    private static final int MASK = CAPACITY - 1;

    private final float[] ring = new float[CAPACITY];
    private float last;
    private long end;
    private long soundEnd = -CAPACITY;

    /** More was sent. */
    void add(short[] pcm, int offset, int samples) {
        float before = last;
        for (int i = 0; i < samples; i++) {
            float now = pcm[offset + i];
            ring[(int) (end + i) & MASK] = now - HeardSound.EMPHASIS * before;
            before = now;
        }
        last = before;
        end += samples;
        soundEnd = end;
    }

    /** Nothing was sent for so long. */
    void addSilence(int samples) {
        if (samples >= CAPACITY) {
            Arrays.fill(ring, 0);
        } else if (audible()) {
            int from = (int) end & MASK;
            int straight = Math.min(samples, CAPACITY - from);
            Arrays.fill(ring, from, from + straight, 0);
            Arrays.fill(ring, 0, samples - straight, 0);
        }
        last = 0;
        end += samples;
    }

    /** Whether there is any sound in it that could come back. */
    boolean audible() {
        return end - soundEnd < CAPACITY;
    }

    /** One behind the newest sample. */
    long end() {
        return end;
    }

    /** Copies a stretch; what is too old or not sent yet is silence. */
    void copy(long from, int samples, float[] into) {
        int skipped = Math.clamp(end - CAPACITY - from, 0, samples);
        int until = Math.clamp(end - from, skipped, samples);
        Arrays.fill(into, 0, skipped, 0);
        Arrays.fill(into, until, samples, 0);
        int at = (int) (from + skipped) & MASK;
        int straight = Math.min(until - skipped, CAPACITY - at);
        System.arraycopy(ring, at, into, skipped, straight);
        System.arraycopy(ring, 0, into, skipped + straight, until - skipped - straight);
    }
}
