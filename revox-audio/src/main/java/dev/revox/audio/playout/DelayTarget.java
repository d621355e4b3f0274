package dev.revox.audio.playout;

import java.util.Arrays;

/**
 * How long sound has to be held back so that nearly all of it is there in time: the delay that 97 % of the last two seconds'
 * frames stayed within, against the fastest of them. It grows at once and shrinks over about five seconds.
 *
 * <p><b>Thread:</b> Confined to the media loop. Allocates nothing after construction.
 */
final class DelayTarget {

    static final int MAX_MS = 200;

    /** Less would make the loop's own unevenness audible. */
    static final int MIN_MS = 10;

    private static final int SIZE = 256;
    private static final int SHARE_PERCENT = 97;
    private static final long WINDOW_NANOS = 2_000_000_000L;
    private static final long NANOS_PER_MS = 1_000_000L;
    private static final double SHRINK = 1.0 / 250;

    private final long[] transits = new long[SIZE];
    private final long[] arrivals = new long[SIZE];
    private final int[] histogram = new int[MAX_MS + 1];
    private long frames;
    private long fastest;

    /** The transit time that is aimed at. Not its distance from the fastest, which jumps whenever an odd quick frame comes or goes. */
    private double level;

    /** A frame of this media time was there at this moment. */
    void arrived(long mediaNanos, long nowNanos) {
        int slot = (int) (frames++ & (SIZE - 1));
        transits[slot] = nowNanos - mediaNanos;
        arrivals[slot] = nowNanos;
        fastest = transits[slot];
        long count = within(nowNanos);
        for (long i = frames - count; i < frames; i++) {
            fastest = Math.min(fastest, transits[(int) (i & (SIZE - 1))]);
        }
        double wanted = fastest + Math.max(MIN_MS, quantile(count)) * (double) NANOS_PER_MS;
        level = frames == 1 || wanted > level ? wanted : level + SHRINK * (wanted - level);
        level = Math.min(level, fastest + (double) (MAX_MS * NANOS_PER_MS));
    }

    private long within(long nowNanos) {
        long most = Math.min(frames, SIZE);
        long count = 0;
        while (count < most && nowNanos - arrivals[(int) ((frames - 1 - count) & (SIZE - 1))] <= WINDOW_NANOS) {
            count++;
        }
        return count;
    }

    private int quantile(long count) {
        Arrays.fill(histogram, 0);
        for (long i = frames - count; i < frames; i++) {
            long behind = transits[(int) (i & (SIZE - 1))] - fastest;
            histogram[(int) Math.min(MAX_MS, Math.ceilDiv(behind, NANOS_PER_MS))]++;
        }
        long beyond = count * (100 - SHARE_PERCENT) / 100;
        int ms = MAX_MS;
        for (long seen = histogram[ms]; seen <= beyond && ms > 0; seen += histogram[ms]) {
            ms--;
        }
        return ms;
    }

    /** How long after its earliest possible arrival a frame of this media time leaves now. */
    long heldNanos(long mediaNanos, long nowNanos) {
        return nowNanos - mediaNanos - fastest;
    }

    long nanos() {
        return frames == 0 ? MIN_MS * NANOS_PER_MS : Math.max(MIN_MS * NANOS_PER_MS, (long) (level - fastest));
    }
}
