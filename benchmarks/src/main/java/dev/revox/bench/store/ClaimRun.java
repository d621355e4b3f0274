package dev.revox.bench.store;

import dev.revox.job.Job;
import dev.revox.order.OrderKey;
import dev.revox.store.jdbc.JdbcStore;
import dev.revox.time.SystemTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** Orders that are due at once, on one node: each job delivered, its order's row read, and handed over. */
final class ClaimRun {
    private static final int READERS = 4;

    private ClaimRun() {}

    /** Orders per second, over all of them. */
    static double perSecond(BenchDatabase database, int orders) throws InterruptedException {
        CountDownLatch handedOver = new CountDownLatch(orders);
        try (SystemTime time = SystemTime.start();
                JdbcStore store = database.store();
                ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
            long began = System.nanoTime();
            store.jobs()
                    .start(
                            time,
                            job -> readers.execute(() -> {
                                if (store.order(job.order()).isPresent()) {
                                    handedOver.countDown();
                                }
                            }));
            handedOver.await();
            return orders * 1e9 / (System.nanoTime() - began);
        }
    }

    /** Milliseconds from the commit of a job that is due to its delivery, the median of many. */
    static double pickUpMillis(JdbcStore store, BlockingQueue<Job> delivered, SystemTime time, int times) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            Job job = Job.attempt(new OrderKey(Optional.empty(), "now-" + i), time.instant());
            long began = System.nanoTime();
            store.jobs().schedule(job);
            try {
                Job unused = delivered.take();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopped);
            }
            millis.add((System.nanoTime() - began) / 1e6);
        }
        return Rounds.median(millis);
    }

    static BlockingQueue<Job> queue() {
        return new LinkedBlockingQueue<>();
    }
}
