package dev.revox.sip.srtp;

/**
 * Which of the last 64 packets have been seen.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> RFC 3711 §3.3.2.
 */
final class ReplayWindow {

    static final int SIZE = 64;

    private boolean begun;
    private long highest;
    private long seen;

    /** Whether a packet of this index is neither seen nor too old to tell. */
    boolean mayPass(long index) {
        if (!begun || index > highest) {
            return true;
        }
        long age = highest - index;
        return age < SIZE && (seen & (1L << age)) == 0;
    }

    /** Remembers a packet that was authentic. */
    void passed(long index) {
        if (!begun || index > highest) {
            long step = begun ? index - highest : SIZE;
            seen = step >= SIZE ? 1 : (seen << step) | 1;
            highest = index;
            begun = true;
        } else {
            seen |= 1L << (highest - index);
        }
    }

    boolean begun() {
        return begun;
    }

    long highest() {
        return highest;
    }

    void clear() {
        begun = false;
        highest = 0;
        seen = 0;
    }
}
