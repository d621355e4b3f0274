package dev.revox.audio.jitter;

/**
 * How long a hole in the sequence is waited for: a little longer than all but the very last of the reordered packets take.
 *
 * <p>Every packet that arrives after one that follows it shows how long the wait should have been, whether it still filled its
 * hole or came after that was given up. These times are counted by the millisecond, among all packets, with a memory that fades
 * over {@value #MEMORY_PACKETS} packets. The wait is what all but one in {@value #ONE_IN} packets need: a single latecomer
 * lengthens it at once and is forgotten after about half a minute.
 *
 * <p>Beyond {@value #MAX_WAIT_MS} ms it goes only where more than one packet in {@value #ONE_IN_BEYOND} comes later than that
 * again and again, and only so far that fewer do; what takes longer than {@value #LAST_WAIT_MS} ms is never waited for and teaches nothing.
 *
 * <p><b>Thread:</b> Confined to the media loop. Allocates nothing after construction.
 */
final class HoleWait {

    static final int MIN_WAIT_MS = 5;
    static final int MAX_WAIT_MS = 40;
    static final int LAST_WAIT_MS = 80;

    private static final int MARGIN_MS = 2;
    private static final int FIRST_WAIT_MS = 20;
    private static final double FIRST_WEIGHT = 0.5;
    private static final double FIRST_PACKETS = 500;
    private static final int MEMORY_PACKETS = 4000;
    private static final int ONE_IN = 5000;
    private static final int ONE_IN_BEYOND = 2500;
    private static final double FEW = 1.5;
    private static final int REVIEW_PACKETS = 64;
    private static final double GROWTH = 1 + 1.0 / MEMORY_PACKETS;
    private static final double TOO_HEAVY = 1e9;
    private static final long NANOS_PER_MS = 1_000_000L;

    /** How many packets were so late, the newer the heavier. */
    private final double[] late = new double[LAST_WAIT_MS + 1];

    private final long[] noticed = new long[PacketWindow.SIZE];
    private double packets = FIRST_PACKETS;
    private double weight = 1;
    private int untilReview = REVIEW_PACKETS;
    private long waitNanos;
    private boolean open;
    private long openSince;

    HoleWait() {
        late[FIRST_WAIT_MS - MARGIN_MS] = FIRST_WEIGHT;
        review();
    }

    /** A packet behind a missing one is there since then. */
    void open(long sinceNanos) {
        if (!open) {
            open = true;
            openSince = sinceNanos;
        }
    }

    void close() {
        open = false;
    }

    /** A number's turn is over, whether its packet came or not. */
    void passed() {
        // The weight of what is new grows, which is the same as if that of all the rest faded.
        weight *= GROWTH;
        packets += weight;
        if (--untilReview == 0) {
            review();
        }
    }

    boolean over(long nowNanos) {
        return open && nowNanos - openSince >= waitNanos;
    }

    void gaveUp(int place) {
        noticed[place] = openSince;
    }

    /** The packet of a given-up place came too late. */
    void cameAfterAll(int place, long nowNanos) {
        overtaken(nowNanos - noticed[place]);
    }

    /** A packet came so long after one that follows it. */
    void overtaken(long byNanos) {
        long ms = Math.ceilDiv(byNanos, NANOS_PER_MS);
        if (ms > 0 && ms <= LAST_WAIT_MS) {
            late[(int) ms] += weight;
            review();
        }
    }

    long nanos() {
        return waitNanos;
    }

    private void review() {
        untilReview = REVIEW_PACKETS;
        if (weight > TOO_HEAVY) {
            lighten();
        }
        int usual = Math.min(MAX_WAIT_MS, reaching(packets / ONE_IN) + MARGIN_MS);
        int wanted = Math.max(usual, reaching(Math.max(packets / ONE_IN_BEYOND, FEW * weight)));
        waitNanos = Math.max(MIN_WAIT_MS, Math.min(LAST_WAIT_MS, wanted)) * NANOS_PER_MS;
    }

    /** The wait in ms that is too short for no more than this weight of packets. */
    private int reaching(double missed) {
        double beyond = 0;
        for (int ms = LAST_WAIT_MS; ms > 0; ms--) {
            beyond += late[ms];
            if (beyond > missed) {
                return ms;
            }
        }
        return 0;
    }

    private void lighten() {
        for (int ms = 0; ms < late.length; ms++) {
            late[ms] /= weight;
        }
        packets /= weight;
        weight = 1;
    }
}
