package dev.revox.sip.transport;

import dev.revox.RevoxException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The pairs of ports (even RTP, odd RTCP) that a line may use, and which of them are taken.
 *
 * <p>A freed pair is given out again only after the rest of the range, so that stray packets of a call that ended do not meet
 * the next one.
 *
 * <p><b>Thread:</b> Thread-safe, without locks.
 */
public final class PortRange {

    private final int firstPort;
    private final AtomicIntegerArray taken;
    private final AtomicInteger cursor = new AtomicInteger();

    /**
     * A range of ports.
     *
     * @param lowestPort the first even port from here on is used
     * @param highestPort inclusive
     */
    public PortRange(int lowestPort, int highestPort) {
        if (lowestPort < 1024 || highestPort > 65_535) {
            throw new IllegalArgumentException(
                    "the RTP port range must lie within 1024..65535, was " + lowestPort + ".." + highestPort);
        }
        firstPort = (lowestPort + 1) & ~1;
        int pairs = (highestPort - firstPort + 1) / 2;
        if (pairs < 1) {
            throw new IllegalArgumentException(
                    "the RTP port range holds no even port with its successor: " + lowestPort + ".." + highestPort);
        }
        taken = new AtomicIntegerArray(pairs);
    }

    /** What is done with a pair that was reserved. */
    @FunctionalInterface
    public interface Binder<T> {

        /** Binds the even port and the next one. @throws IOException when one of them is in use by another program */
        T bind(int evenPort) throws IOException;
    }

    /**
     * Reserves a free pair that can be bound.
     *
     * @throws RevoxException retryable, when none is left
     */
    public <T> T take(Binder<T> binder) {
        int pairs = taken.length();
        IOException last = null;
        for (int i = 0; i < pairs; i++) {
            int pair = Math.floorMod(cursor.getAndIncrement(), pairs);
            if (!taken.compareAndSet(pair, 0, 1)) {
                continue;
            }
            try {
                return binder.bind(firstPort + 2 * pair);
            } catch (IOException e) {
                taken.set(pair, 0);
                last = e;
            } catch (RuntimeException e) {
                taken.set(pair, 0);
                throw e;
            }
        }
        String message = "no free RTP port pair in " + firstPort + ".." + (firstPort + 2 * pairs - 1) + " (" + inUse()
                + " in use by calls); widen the line's port range or lower its channels";
        throw last == null ? new RevoxException(message, true) : new RevoxException(message, last, true);
    }

    /** Gives a pair back. */
    public void release(int evenPort) {
        taken.set((evenPort - firstPort) / 2, 0);
    }

    /** Pairs that are taken. */
    public int inUse() {
        int count = 0;
        for (int i = 0; i < taken.length(); i++) {
            count += taken.get(i);
        }
        return count;
    }
}
