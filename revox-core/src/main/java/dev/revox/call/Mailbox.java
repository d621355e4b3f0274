package dev.revox.call;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A queue that any thread may post to and that one task at a time empties, in order: what makes its reader's state safe
 * without a lock.
 *
 * <p>No thread waits for messages. A post to an empty box starts a task on the executor; the task ends when the box is empty.
 *
 * <p><b>Thread:</b> Thread-safe; the reader is called by one thread at a time, each call sees what the one before did.
 *
 * @param <M> what is posted
 */
public final class Mailbox<M> {
    private static final System.Logger LOG = System.getLogger("dev.revox.call");

    private final Executor executor;
    private final Consumer<? super M> reader;
    private final Queue<M> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean draining = new AtomicBoolean();

    /**
     * Starts with an empty box.
     *
     * @param executor runs the task that empties the box; a thread per task, or virtual time in tests
     * @param reader takes one message; what it throws is logged and does not stop the next message
     */
    public Mailbox(Executor executor, Consumer<? super M> reader) {
        this.executor = executor;
        this.reader = reader;
    }

    /** Adds a message behind those already waiting. Never blocks, and never runs the reader itself. */
    public void post(M message) {
        waiting.add(message);
        startDraining();
    }

    private void startDraining() {
        if (waiting.isEmpty() || !draining.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException closed) {
            draining.set(false);
            LOG.log(System.Logger.Level.WARNING, "a message came after the engine was closed; it is dropped");
        }
    }

    private void drain() {
        try {
            M message;
            while ((message = waiting.poll()) != null) {
                read(message);
            }
        } finally {
            draining.set(false);
            // A message may have been added after the last poll, by a thread that found us still draining.
            startDraining();
        }
    }

    // Errors too: a stack overflow in one call's code must not strand the messages behind it.
    private void read(M message) {
        try {
            reader.accept(message);
        } catch (Throwable defect) {
            LOG.log(System.Logger.Level.ERROR, "a message could not be handled", defect);
        }
    }
}
