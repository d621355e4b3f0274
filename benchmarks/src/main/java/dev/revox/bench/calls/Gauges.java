package dev.revox.bench.calls;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.revox.sip.media.RtpMediaPlane;
import dev.revox.time.SystemTime;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** What the JVM tells about itself, and the passing of time. <b>Thread:</b> Thread-safe. */
public final class Gauges {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Gauges() {}

    public static void pass(SystemTime time, Duration duration) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        var alarm = time.schedule(duration, over::countDown);
        over.await();
        alarm.cancel();
    }

    /** What the threads of the loops have allocated. */
    public static long allocatedBytes(RtpMediaPlane plane) {
        long sum = 0;
        for (long id : plane.loopThreadIds()) {
            sum += THREADS.getThreadAllocatedBytes(id);
        }
        return sum;
    }

    /** Processor time of the threads of the loops. */
    public static long cpuNanos(RtpMediaPlane plane) {
        long sum = 0;
        for (long id : plane.loopThreadIds()) {
            sum += THREADS.getThreadCpuTime(id);
        }
        return sum;
    }

    /** Processor time of the whole JVM, its compilers and collectors included. */
    public static long jvmCpuNanos() {
        return SYSTEM.getProcessCpuTime();
    }

    public static long jvmAllocatedBytes() {
        return THREADS.getTotalThreadAllocatedBytes();
    }

    /** Load of the machine over the last minute. */
    public static double load() {
        return SYSTEM.getSystemLoadAverage();
    }

    public static int platformThreads() {
        return THREADS.getThreadCount();
    }

    /** Time spent in collections, as the collectors count it. */
    public static long collectionMs() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    /** What is reachable: the heap in use right after a full collection. */
    public static long liveHeapBytes() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
