package dev.revox.audio.speech;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What a piece of work allocates on its thread. */
public final class Allocation {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /**
     * Bytes that so many rounds allocate: the least of three tries, because the JVM itself now and then charges the thread
     * with a few dozen bytes, and what the work allocates shows in every try.
     */
    public static long ofRounds(int rounds, Runnable round) {
        long least = Long.MAX_VALUE;
        for (int tries = 0; tries < 3 && least > 0; tries++) {
            long itself = measure(0, round);
            least = Math.min(least, measure(rounds, round) - itself);
        }
        return Math.max(0, least);
    }

    private static long measure(int rounds, Runnable round) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < rounds; i++) {
            round.run();
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
