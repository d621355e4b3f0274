package dev.revox.audio.record;

import java.util.concurrent.atomic.AtomicLong;

/**
 * One side's sound on its way from the media loop to the disk: a ring of pieces of up to 20 ms, each with its place in time.
 *
 * <p><b>Thread:</b> One writer (the media loop), one reader (the recording thread). Neither waits for the other.
 * <b>Units:</b> samples at the recording's rate.
 */
final class SideRing {

    /** A power of two; 2.5 s of sound. */
    private static final int PIECES = 128;

    private final int pieceSamples;
    private final short[] samples;
    private final long[] times = new long[PIECES];
    private final int[] counts = new int[PIECES];
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();

    /** Where the newest piece ends. */
    private final AtomicLong end = new AtomicLong();

    SideRing(int sampleRateHz) {
        pieceSamples = sampleRateHz / 50;
        samples = new short[PIECES * pieceSamples];
    }

    /** Samples that fitted. Writer only. */
    int write(short[] pcm, int offset, int count, long sampleTime) {
        int done = 0;
        long slot = written.get();
        long free = PIECES - (slot - read.get());
        while (done < count && free > 0) {
            int place = (int) (slot & (PIECES - 1));
            int take = Math.min(pieceSamples, count - done);
            System.arraycopy(pcm, offset + done, samples, place * pieceSamples, take);
            times[place] = sampleTime + done;
            counts[place] = take;
            done += take;
            slot++;
            free--;
        }
        if (done > 0) {
            end.lazySet(sampleTime + done);
            written.set(slot);
        }
        return done;
    }

    /** Pieces that wait. */
    int waiting() {
        return (int) (written.get() - read.get());
    }

    /** Where the newest piece ends, or the start of the recording. */
    long end() {
        return end.get();
    }

    /**
     * Lays what belongs to a stretch of time into it and drops what lies before it. Reader only.
     *
     * @param into holds silence, two channels interleaved
     */
    void copy(short[] into, int channel, long from, int count) {
        long slot = read.get();
        long last = written.get();
        while (slot < last) {
            int place = (int) (slot & (PIECES - 1));
            long begin = times[place];
            long stop = begin + counts[place];
            if (begin >= from + count) {
                break;
            }
            long first = Math.max(begin, from);
            long behind = Math.min(stop, from + count);
            int source = place * pieceSamples + (int) (first - begin);
            for (long at = first; at < behind; at++) {
                into[(int) (at - from) * 2 + channel] = samples[source++];
            }
            if (stop > from + count) {
                break;
            }
            slot++;
        }
        read.set(slot);
    }
}
