package dev.revox.order;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Ids that sort, as text, in the order in which one engine gave them: what is due at the same instant is dialled in the order of
 * placing, and a database's index grows at one end only.
 *
 * <p><b>Thread:</b> Thread-safe. <b>Spec:</b> RFC 9562 §5.7 (UUIDv7), with the counter of §6.2 method 1.
 */
public final class TimeOrderedIds {
    private static final int COUNTER_BITS = 12;
    private static final int FIRST_COUNTER_BOUND = 1 << (COUNTER_BITS - 1);

    private final RandomGenerator random;
    private long lastMillis = Long.MIN_VALUE;
    private int counter;

    /** Ids that nobody can guess. */
    public TimeOrderedIds() {
        this(new SecureRandom());
    }

    /** Ids from a source of the caller's own; thread-safe if that is. */
    public TimeOrderedIds(RandomGenerator source) {
        random = source;
    }

    /** The next id; one that is asked for earlier sorts before it, even when the wall clock was set back in between. */
    public String next(Instant now) {
        long low = random.nextLong();
        long millis;
        int count;
        synchronized (this) {
            long wall = now.toEpochMilli();
            if (wall > lastMillis) {
                lastMillis = wall;
                counter = random.nextInt(FIRST_COUNTER_BOUND);
            } else if (++counter >> COUNTER_BITS != 0) {
                // More than the counter can tell apart: the next millisecond is lent.
                lastMillis++;
                counter = 0;
            }
            millis = lastMillis;
            count = counter;
        }
        long high = (millis << 16) | (7L << 12) | count;
        return new UUID(high, (low & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L).toString();
    }
}
