package dev.revox.sip.signaling.valve;

/**
 * So many per second for each address, and so many at once.
 *
 * <p>A token bucket written as one moment per address: the time at which its bucket is full again. One that is full needs no
 * memory, so the table forgets by itself.
 *
 * <p><b>Thread:</b> Confined to its owner's lock.
 */
final class Budget {

    private final ExpiringTable full;
    private final long pauseNanos;
    private final long burstNanos;

    Budget(double perSecond, int burst, int places, long now) {
        full = new ExpiringTable(places, now);
        pauseNanos = perSecond == 0 ? Long.MAX_VALUE : (long) (1e9 / perSecond);
        burstNanos = perSecond == 0 ? 0 : pauseNanos * burst;
    }

    /** Takes one; false when there is none left, or no place to remember the address. */
    boolean take(long address, long now) {
        int place = full.place(address, now);
        if (place == ExpiringTable.NO_PLACE || burstNanos == 0) {
            return false;
        }
        long next = full.moment(place, address, now) + pauseNanos;
        if (next - now > burstNanos) {
            return false;
        }
        full.put(place, address, next);
        return true;
    }

    /** Takes so many that were used already. What is not there is owed, as much as the budget holds when it is full. */
    void charge(long address, long count, long now) {
        int place = full.place(address, now);
        if (place != ExpiringTable.NO_PLACE && burstNanos > 0) {
            long charged = Math.min(count, burstNanos / pauseNanos) * pauseNanos;
            long next = full.moment(place, address, now) + charged;
            full.put(place, address, Math.min(next - now, 2 * burstNanos) + now);
        }
    }
}
