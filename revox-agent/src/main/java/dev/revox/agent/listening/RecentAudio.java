package dev.revox.agent.listening;

/**
 * The last seconds of what the other side said, so that a recogniser that takes over in the middle of an utterance gets its
 * beginning too.
 *
 * <p><b>Thread:</b> Confined to the call thread. <b>Units:</b> positions are samples since the ear was opened.
 */
public final class RecentAudio {

    private final short[] ring;
    private long written;

    RecentAudio(int samples) {
        // A power of two, so that the index is a mask and wraps cleanly.
        ring = new short[Integer.highestOneBit(Math.max(2, samples - 1)) << 1];
    }

    void write(short[] pcm, int offset, int samples) {
        for (int i = 0; i < samples; i++) {
            ring[(int) (written + i) & (ring.length - 1)] = pcm[offset + i];
        }
        written += samples;
    }

    /** Position behind the newest sample. */
    public long end() {
        return written;
    }

    /** What is left of a stretch of sound; its beginning may be gone. */
    public short[] copy(long from, long to) {
        long start = Math.max(from, Math.max(0, written - ring.length));
        int length = (int) Math.max(0, Math.min(to, written) - start);
        short[] copy = new short[length];
        for (int i = 0; i < length; i++) {
            copy[i] = ring[(int) (start + i) & (ring.length - 1)];
        }
        return copy;
    }
}
