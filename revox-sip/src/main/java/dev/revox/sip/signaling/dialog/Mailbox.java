package dev.revox.sip.signaling.dialog;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs one leg's steps one at a time, in the order in which they were posted, on a shared pool of platform threads.
 *
 * <p>A step that throws is logged and does not take the others with it. When the pool is gone, steps are dropped: the line
 * is closed.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class Mailbox implements Executor {

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.signaling.dialog");

    private final Executor pool;
    private final String legId;
    private final Queue<Runnable> steps = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    public Mailbox(Executor pool, String legId) {
        this.pool = pool;
        this.legId = legId;
    }

    @Override
    public void execute(Runnable step) {
        steps.add(step);
        if (waiting.getAndIncrement() == 0) {
            try {
                pool.execute(this::drain);
            } catch (RejectedExecutionException e) {
                LOG.log(System.Logger.Level.DEBUG, () -> "leg=" + legId + " a step came after the line was closed");
            }
        }
    }

    private void drain() {
        int done = 0;
        int seen = waiting.get();
        while (seen > 0) {
            while (done < seen) {
                Runnable step = steps.poll();
                if (step != null) {
                    run(step);
                }
                done++;
            }
            seen = waiting.addAndGet(-done);
            done = 0;
        }
    }

    private void run(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "leg=" + legId + " a step failed", e);
        }
    }
}
