package dev.revox.bench.pace;

import dev.revox.audio.loop.LoopMember;
import dev.revox.audio.loop.LoopWaiter;
import dev.revox.audio.loop.MediaLoop;
import dev.revox.time.SystemTime;
import io.netty.util.HashedWheelTimer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/** A way to do something for so many streams every 20 ms each, staggered over these 20 ms. */
enum Pacer {
    MEDIA_LOOP("Revox' media loop", Pacer::mediaLoop),
    SCHEDULED_POOL("ScheduledThreadPoolExecutor, one thread", Pacer::scheduledPool),
    WHEEL("Netty's HashedWheelTimer, ticks of 1 ms", Pacer::wheel),
    VIRTUAL_THREADS("a virtual thread for each stream", Pacer::virtualThreads);

    static final long PERIOD_NANOS = 20_000_000L;

    final String text;
    private final Start start;

    Pacer(String text, Start start) {
        this.text = text;
        this.start = start;
    }

    private interface Start {
        AutoCloseable start(int streams, Beat beat);
    }

    /** Begins; closed when it has been measured. */
    AutoCloseable start(int streams, Beat beat) {
        return start.start(streams, beat);
    }

    /** What is done for a stream when a frame is due. */
    interface Beat {
        void beat(long dueNanos);
    }

    private static AutoCloseable mediaLoop(int streams, Beat beat) {
        SystemTime time = SystemTime.start();
        MediaLoop loop = new MediaLoop("pace", time, LoopWaiter.parking(time)).start();
        for (int i = 0; i < streams; i++) {
            loop.add(new Member(beat));
        }
        return () -> {
            loop.close();
            time.close();
        };
    }

    private static AutoCloseable scheduledPool(int streams, Beat beat) {
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1);
        eachStream(streams, (stream, first) -> {
            long[] due = {first};
            var unused = pool.scheduleAtFixedRate(
                    () -> {
                        beat.beat(due[0]);
                        due[0] += PERIOD_NANOS;
                    },
                    first - System.nanoTime(),
                    PERIOD_NANOS,
                    TimeUnit.NANOSECONDS);
        });
        return pool::shutdownNow;
    }

    private static AutoCloseable wheel(int streams, Beat beat) {
        HashedWheelTimer wheel = new HashedWheelTimer(1, TimeUnit.MILLISECONDS);
        eachStream(streams, (stream, first) -> again(wheel, first, beat));
        return wheel::stop;
    }

    private static void again(HashedWheelTimer wheel, long due, Beat beat) {
        var unused = wheel.newTimeout(
                timeout -> {
                    beat.beat(due);
                    again(wheel, due + PERIOD_NANOS, beat);
                },
                due - System.nanoTime(),
                TimeUnit.NANOSECONDS);
    }

    private static AutoCloseable virtualThreads(int streams, Beat beat) {
        List<Thread> threads = new ArrayList<>();
        eachStream(
                streams,
                (stream, first) -> threads.add(Thread.startVirtualThread(() -> {
                    long due = first;
                    while (!Thread.currentThread().isInterrupted()) {
                        LockSupport.parkNanos(due - System.nanoTime());
                        if (System.nanoTime() >= due) {
                            beat.beat(due);
                            due += PERIOD_NANOS;
                        }
                    }
                })));
        return () -> threads.forEach(Thread::interrupt);
    }

    private static void eachStream(int streams, BiConsumer<Integer, Long> begin) {
        long start = System.nanoTime() + PERIOD_NANOS;
        for (int i = 0; i < streams; i++) {
            begin.accept(i, start + PERIOD_NANOS * i / streams);
        }
    }

    private record Member(Beat beat) implements LoopMember {

        @Override
        public void onTick(long nowNanos) {}

        @Override
        public void onFrameDue(long dueNanos, long nowNanos) {
            beat.beat(dueNanos);
        }

        @Override
        public void onFramesSkipped(int frames, long nowNanos) {}

        @Override
        public long framePeriodNanos() {
            return PERIOD_NANOS;
        }

        @Override
        public void onDefect(Throwable defect, long nowNanos) {
            throw new IllegalStateException(defect);
        }
    }
}
