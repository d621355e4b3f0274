package dev.revox.audio.playout;

/**
 * Samples that wait to leave, and the last that left. Its reader may leave out or repeat a stretch so that nobody hears the joint.
 *
 * <p><b>Thread:</b> Confined to the media loop. Allocates nothing after construction.
 */
final class SampleQueue {

    private static final int SIZE = 1 << 16;
    private static final int MASK = SIZE - 1;
    private static final int SHORTEST_LAG_PER_SECOND = 400;
    private static final int LONGEST_LAG_PER_SECOND = 66;
    private static final int OVERLAP_PER_SECOND = 200;

    private final short[] ring = new short[SIZE];
    private final int shortestLag;
    private final int longestLag;
    private final int overlap;
    private long read;
    private long written;
    private double likeness;

    SampleQueue(int rateHz) {
        shortestLag = rateHz / SHORTEST_LAG_PER_SECOND;
        longestLag = rateHz / LONGEST_LAG_PER_SECOND;
        overlap = rateHz / OVERLAP_PER_SECOND;
    }

    int level() {
        return (int) (written - read);
    }

    /** Room for what is to come, at the cost of the oldest. @return samples that were thrown away */
    int write(short[] pcm, int offset, int samples) {
        for (int i = 0; i < samples; i++) {
            ring[(int) (written++ & MASK)] = pcm[offset + i];
        }
        int over = Math.max(0, level() - SIZE / 2);
        read += over;
        return over;
    }

    void take(short[] out, int offset, int samples) {
        for (int i = 0; i < samples; i++) {
            out[offset + i] = ring[(int) (read++ & MASK)];
        }
    }

    /** Takes samples as if they began {@code shift} later (or, below zero, earlier), blended from where they would have begun. */
    void takeShifted(short[] out, int offset, int samples, int shift) {
        int blend = Math.min(overlap, samples);
        for (int i = 0; i < samples; i++) {
            int there = at(i + shift);
            int here = i < blend ? at(i) : there;
            out[offset + i] = (short) (i < blend ? (here * (blend - i) + there * (i + 1)) / (blend + 1) : there);
        }
        read += samples + shift;
    }

    /** The distance at which what comes next is most like itself, ahead or behind; 0 when there is not enough to tell. */
    int pitch(boolean ahead, int samples) {
        int longest = ahead
                ? Math.min(longestLag, level() - Math.max(samples, overlap))
                : (int) Math.min(Math.min(longestLag, samples - overlap), read);
        int best = 0;
        likeness = 0;
        if (level() < overlap) {
            return 0;
        }
        for (int lag = shortestLag; lag <= longest; lag++) {
            double score = likeness(ahead ? lag : -lag);
            if (score > likeness) {
                likeness = score;
                best = lag;
            }
        }
        return best;
    }

    /** How alike the stretches of the last {@link #pitch} were, 0..1. */
    double likeness() {
        return likeness;
    }

    double rms(int samples) {
        double sum = 0;
        for (int i = 0; i < samples; i++) {
            sum += (double) at(i) * at(i);
        }
        return Math.sqrt(sum / Math.max(1, samples));
    }

    private double likeness(int shift) {
        double product = 0;
        double here = 1;
        double there = 1;
        for (int i = 0; i < overlap; i++) {
            double a = at(i);
            double b = at(i + shift);
            product += a * b;
            here += a * a;
            there += b * b;
        }
        return product <= 0 ? 0 : product / Math.sqrt(here * there);
    }

    private int at(int ahead) {
        return ring[(int) ((read + ahead) & MASK)];
    }
}
