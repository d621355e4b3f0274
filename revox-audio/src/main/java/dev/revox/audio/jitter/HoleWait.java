package dev.revox.audio.jitter;

/**
 * How long a hole in the sequence is waited for: a little longer than reordered packets have lately taken.
 *
 * <p>Starts at {@value #FIRST_WAIT_MS} ms. A packet that fills a hole, or comes after the hole was given up, shows how long
 * the wait should have been; the longest such time is held and forgotten by {@value #DECAY} per packet that came in order,
 * which halves it in about half a minute of a clean line.
 *
 * <p><b>Thread:</b> Confined to the media loop.
 */
final class HoleWait {

    static final int MIN_WAIT_MS = 5;
    static final int MAX_WAIT_MS = 40;

    private static final int FIRST_WAIT_MS = 20;
    private static final int MARGIN_MS = 2;
    private static final long NANOS_PER_MS = 1_000_000L;
    private static final double MARGIN = 1.25;
    private static final double DECAY = 0.0005;

    private final long[] noticed = new long[PacketWindow.SIZE];
    private double longestNanos = (FIRST_WAIT_MS - MARGIN_MS) / MARGIN * NANOS_PER_MS;
    private boolean open;
    private long openSince;

    /** A packet behind a missing one is there since then. */
    void open(long sinceNanos) {
        if (!open) {
            open = true;
            openSince = sinceNanos;
        }
    }

    void close() {
        open = false;
        longestNanos -= longestNanos * DECAY;
    }

    /** The missing packet came. */
    void filled(long nowNanos) {
        if (open) {
            learn(nowNanos - openSince);
        }
    }

    boolean over(long nowNanos) {
        return open && nowNanos - openSince >= nanos();
    }

    void gaveUp(int place) {
        noticed[place] = openSince;
    }

    /** The packet of a given-up place came too late. */
    void cameAfterAll(int place, long nowNanos) {
        learn(nowNanos - noticed[place]);
    }

    long nanos() {
        double wanted = longestNanos * MARGIN + MARGIN_MS * NANOS_PER_MS;
        return Math.max(MIN_WAIT_MS * NANOS_PER_MS, Math.min(MAX_WAIT_MS * NANOS_PER_MS, (long) wanted));
    }

    private void learn(long tookNanos) {
        longestNanos = Math.max(longestNanos, (double) Math.min(tookNanos, MAX_WAIT_MS * NANOS_PER_MS));
    }
}
