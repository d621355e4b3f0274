package dev.revox.agent.stream;

import java.util.concurrent.locks.ReentrantLock;

/**
 * The one-way door between an exchange with a provider and its sink: one call at a time, one last call, nothing after it.
 *
 * <p>Providers deliver late: a chunk that was already read when its exchange was cancelled must not be heard in the next
 * turn. Each exchange has a door of its own, so what belongs to an old one finds it shut. {@link #shut()} waits for a call
 * that is just being made, which is why sinks must not block, nor take a lock that a thread holds while it cancels.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class Delivery {

    private final ReentrantLock turn = new ReentrantLock();
    private volatile boolean open = true;

    /** Makes a call to the sink unless the exchange is over. */
    public void pass(Runnable call) {
        turn.lock();
        try {
            if (open) {
                call.run();
            }
        } finally {
            turn.unlock();
        }
    }

    /** Makes the last call to the sink, unless another was the last. */
    public void last(Runnable call) {
        turn.lock();
        try {
            if (open) {
                open = false;
                call.run();
            }
        } finally {
            turn.unlock();
        }
    }

    /** Lets nothing more through. True when it was open until now. */
    public boolean shut() {
        turn.lock();
        try {
            boolean was = open;
            open = false;
            return was;
        } finally {
            turn.unlock();
        }
    }

    public boolean isOpen() {
        return open;
    }
}
