package dev.revox.store;

import dev.revox.job.Job;
import dev.revox.order.OrderKey;
import java.util.ArrayList;
import java.util.List;

/**
 * One change of one order with everything that belongs to it: stored as a whole or not at all.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param key tenant and id
 * @param expectedVersion the version that this change was made from; {@link #NEW_ORDER} for a new order
 * @param fencingToken what {@link EngineStore#claim} gave to the writer; {@link #UNFENCED} for changes that anybody may make
 * @param order the row as it will be, of a higher version
 * @param attempts rows to insert or replace, by id
 * @param events appended to the history
 * @param jobs scheduled with the change
 * @param outbox added to what is to be told
 */
public record Transition(
        OrderKey key,
        long expectedVersion,
        long fencingToken,
        StoredOrder order,
        List<StoredAttempt> attempts,
        List<HistoryEntry> events,
        List<Job> jobs,
        List<OutboxEntry> outbox) {
    public static final long NEW_ORDER = -1;
    public static final long UNFENCED = 0;

    public Transition {
        attempts = List.copyOf(attempts);
        events = List.copyOf(events);
        jobs = List.copyOf(jobs);
        outbox = List.copyOf(outbox);
        if (!key.equals(order.key())) {
            throw new IllegalArgumentException("a transition's key must be that of its order");
        }
        if (order.order().version() <= expectedVersion) {
            throw new IllegalArgumentException("a transition must raise the order's version");
        }
    }

    /** The insertion of a new order. */
    public static Transition insert(StoredOrder order) {
        return new Transition(order.key(), NEW_ORDER, UNFENCED, order, List.of(), List.of(), List.of(), List.of());
    }

    /** A change from one row to the next. */
    public static Transition change(StoredOrder from, StoredOrder to) {
        return new Transition(
                from.key(), from.order().version(), UNFENCED, to, List.of(), List.of(), List.of(), List.of());
    }

    /** Made by the holder of a claim. */
    public Transition fenced(long token) {
        return new Transition(key, expectedVersion, token, order, attempts, events, jobs, outbox);
    }

    public Transition with(StoredAttempt attempt) {
        return new Transition(key, expectedVersion, fencingToken, order, plus(attempts, attempt), events, jobs, outbox);
    }

    public Transition with(HistoryEntry event) {
        return new Transition(key, expectedVersion, fencingToken, order, attempts, plus(events, event), jobs, outbox);
    }

    public Transition with(Job job) {
        return new Transition(key, expectedVersion, fencingToken, order, attempts, events, plus(jobs, job), outbox);
    }

    public Transition with(OutboxEntry entry) {
        return new Transition(key, expectedVersion, fencingToken, order, attempts, events, jobs, plus(outbox, entry));
    }

    private static <T> List<T> plus(List<T> list, T item) {
        List<T> longer = new ArrayList<>(list);
        longer.add(item);
        return longer;
    }
}
