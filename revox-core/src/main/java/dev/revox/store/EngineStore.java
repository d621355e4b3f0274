package dev.revox.store;

import dev.revox.job.JobScheduler;
import dev.revox.order.OrderKey;
import dev.revox.order.TenantKey;
import java.util.List;
import java.util.Optional;

/**
 * Where orders and attempts live.
 *
 * <p>Every method may block on I/O, and throws a retryable {@code RevoxException} when the store cannot be reached.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public interface EngineStore extends AutoCloseable {
    /**
     * Stores a change as a whole.
     *
     * @throws StoreConflictException when the order has changed, belongs to another engine by now, or is there already; then
     *     nothing was stored
     */
    void commit(Transition transition);

    /**
     * Takes an order over from whoever held it: from now on their transitions conflict.
     *
     * @return a fencing token, higher than every one given for this order before
     */
    long claim(OrderKey key);

    Optional<StoredOrder> order(OrderKey key);

    Optional<StoredOrder> orderByIdempotencyKey(TenantKey key);

    /** An order's attempts, newest first. */
    List<StoredAttempt> attempts(OrderKey key);

    /** An order's life, oldest first. */
    List<HistoryEntry> history(OrderKey key);

    /** What is to be told of an order and has not been delivered, oldest first. */
    List<OutboxEntry> outbox(OrderKey key);

    /** Attempts of a concurrency key that have a row and no end. */
    int liveAttempts(TenantKey concurrencyKey);

    /** Orders that are not settled, or whose analysis is pending: what a sweep looks at. */
    List<OrderKey> unfinished();

    /** The scheduler that gets the jobs of transitions. */
    JobScheduler jobs();

    /** Frees connections. Idempotent. */
    @Override
    void close();
}
