package dev.revox.sip.signaling.valve;

import java.util.concurrent.ThreadLocalRandom;

/**
 * A table of fixed size from addresses to a moment; an entry whose moment is past is free for the next one.
 *
 * <p>Every address has {@value #WAYS} places it may stand in. When others hold all of them, it finds none: what that means is
 * the caller's business. Addresses are hashed with a number of this process' own, so that nobody can choose who collides.
 *
 * <p><b>Thread:</b> Confined to its owner's lock.
 */
final class ExpiringTable {

    static final int NO_PLACE = -1;
    private static final int WAYS = 4;

    private final long[] keys;
    private final long[] moments;
    private final int mask;
    private final long seed = ThreadLocalRandom.current().nextLong();

    /**
     * An empty table.
     *
     * @param places a power of two, at least 4
     * @param now the present, on the clock of the moments
     */
    ExpiringTable(int places, long now) {
        keys = new long[places];
        moments = new long[places];
        mask = places - WAYS;
        java.util.Arrays.fill(moments, now);
    }

    /** Where an address stands, or could; {@link #NO_PLACE} when others stand in all its places. */
    int place(long address, long now) {
        int first = (int) (mixed(address ^ seed) >>> 20) & mask & -WAYS;
        int free = NO_PLACE;
        for (int place = first; place < first + WAYS; place++) {
            if (moments[place] - now <= 0) {
                free = place;
            } else if (keys[place] == address) {
                return place;
            }
        }
        return free;
    }

    /** The moment that stands for an address at its place, or the present when there is none that is not past. */
    long moment(int place, long address, long now) {
        return keys[place] == address && moments[place] - now > 0 ? moments[place] : now;
    }

    void put(int place, long address, long moment) {
        keys[place] = address;
        moments[place] = moment;
    }

    // The finaliser of MurmurHash3: every bit of the address moves every bit of the place.
    private static long mixed(long value) {
        long hash = value;
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
