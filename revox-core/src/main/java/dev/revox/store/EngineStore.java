package dev.revox.store;

import dev.revox.RevoxException;
import dev.revox.campaign.CampaignStore;
import dev.revox.job.JobScheduler;
import dev.revox.order.OrderKey;
import dev.revox.order.TenantKey;
import dev.revox.phone.PhoneNumber;
import dev.revox.resource.ResourceStore;
import dev.revox.store.node.NodeId;
import dev.revox.store.node.NodeRegistry;
import dev.revox.store.search.OrderQuery;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where orders and attempts live. Several engines may share one.
 *
 * <p>Every method may block on I/O, and throws a retryable {@code RevoxException} when the store cannot be reached. When a
 * commit fails that way its outcome may be unknown: whoever does the step again must read the row first.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public interface EngineStore extends AutoCloseable {
    /**
     * Stores a change as a whole.
     *
     * @throws StoreConflictException when the order has changed, belongs to another engine by now, is there already, or may not
     *     begin an attempt now; then nothing was stored
     */
    void commit(Transition transition);

    /**
     * Stores a change within a transaction of the host: it holds if and when the host commits. A conflict leaves that
     * transaction usable.
     *
     * @throws RevoxException when this store keeps its rows elsewhere than in the host's database
     */
    default void commit(Transition transition, Connection hostTransaction) {
        throw new RevoxException("this store cannot take part in a database transaction: use a JDBC store", false);
    }

    /**
     * Stores changes of different orders, each as a whole or not at all; a store may take many of them in one go. When this throws,
     * any of them may have been stored.
     *
     * @return those that met a conflict
     */
    default List<Transition> commitAll(List<Transition> transitions) {
        List<Transition> conflicts = new ArrayList<>();
        for (Transition transition : transitions) {
            try {
                commit(transition);
            } catch (StoreConflictException moved) {
                conflicts.add(transition);
            }
        }
        return conflicts;
    }

    Optional<StoredOrder> order(OrderKey key);

    /** Orders, in any order; those that are not there are left out. */
    default List<StoredOrder> orders(Collection<OrderKey> keys) {
        return keys.stream().map(this::order).flatMap(Optional::stream).toList();
    }

    Optional<StoredOrder> orderByIdempotencyKey(TenantKey key);

    /** An order's attempts, newest first. */
    List<StoredAttempt> attempts(OrderKey key);

    /** The attempts of orders, newest first; orders without any may be left out. */
    default Map<OrderKey, List<StoredAttempt>> attempts(Collection<OrderKey> keys) {
        Map<OrderKey, List<StoredAttempt>> found = new LinkedHashMap<>();
        keys.forEach(key -> found.put(key, attempts(key)));
        return found;
    }

    /** An order's life, oldest first. */
    List<HistoryEntry> history(OrderKey key);

    /** What is to be told of an order and has not been delivered, oldest first. */
    List<OutboxEntry> outbox(OrderKey key);

    /** Some of the orders that a question asks for, newest first. */
    OrderPage search(OrderQuery query);

    /** Attempts of a concurrency key that take up a slot. */
    int liveAttempts(TenantKey concurrencyKey, Instant now);

    /**
     * Queued orders that may begin as far as their concurrency keys are concerned: of each key with a free slot the one that
     * became due first, and all without a key; in the order of becoming due. Paused ones do not count.
     */
    List<OrderKey> dialable(Instant now, int most);

    /** Orders that wait for an instant up to this one and are not paused, the longest overdue first: their jobs may be lost. */
    List<OrderKey> overdue(Instant until, int most);

    /** Orders that are settled since before an instant and not reported, oldest first: their analysis or their report may be lost. */
    List<OrderKey> unreported(Instant settledBefore, int most);

    /** Live attempts whose engine is not registered any more. */
    List<OwnedAttempt> orphans(int most);

    /** Live attempts that this engine holds, as far as the store knows. */
    List<OwnedAttempt> held(NodeId owner);

    /** Live attempts that this engine holds although their order was cancelled, maybe through another engine. */
    List<OwnedAttempt> cancelled(NodeId owner);

    /** When attempts to a number began, over all orders of a tenant, oldest first. */
    List<Instant> attemptStarts(Optional<String> tenant, PhoneNumber number, Instant since);

    /** Assistants, own numbers, suppressed numbers. */
    ResourceStore resources();

    /** Campaigns and their contacts. */
    CampaignStore campaigns();

    /** The engines at work on this store. */
    NodeRegistry nodes();

    /** The scheduler that gets the jobs of transitions. */
    JobScheduler jobs();

    /** Frees connections. Idempotent. */
    @Override
    void close();
}
