package dev.revox.store;

import dev.revox.job.Job;
import dev.revox.order.OrderKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One change of one order with everything that belongs to it: stored as a whole or not at all.
 *
 * <p>Fencing: whoever begins an attempt, or closes one whose engine is gone, makes the order its own; the version that this
 * change gives the order is its token. A later change with a lower token conflicts.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param key tenant and id
 * @param expectedVersion the version that this change was made from; {@link #NEW_ORDER} for a new order
 * @param fencingToken the writer's token; {@link #UNFENCED} for changes that anybody may make
 * @param claims true when the order is the writer's from here on
 * @param beginning the conditions of an attempt that begins with this change
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
        boolean claims,
        Optional<Beginning> beginning,
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
        return of(order.key(), NEW_ORDER, order);
    }

    /** A change from one row to the next. */
    public static Transition change(StoredOrder from, StoredOrder to) {
        return of(from.key(), from.order().version(), to);
    }

    private static Transition of(OrderKey key, long expectedVersion, StoredOrder to) {
        return new Transition(
                key,
                expectedVersion,
                UNFENCED,
                false,
                Optional.empty(),
                to,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** Made by the holder of a token. */
    public Transition fenced(long token) {
        return new Transition(key, expectedVersion, token, claims, beginning, order, attempts, events, jobs, outbox);
    }

    /** From here on the order is the writer's; {@link #token()} is its token. */
    public Transition claiming() {
        return new Transition(
                key, expectedVersion, fencingToken, true, beginning, order, attempts, events, jobs, outbox);
    }

    /** An attempt begins, if its conditions hold. */
    public Transition beginning(Beginning conditions) {
        return new Transition(
                key,
                expectedVersion,
                fencingToken,
                true,
                Optional.of(conditions),
                order,
                attempts,
                events,
                jobs,
                outbox);
    }

    /** The token of whoever claims the order with this change. */
    public long token() {
        return order.order().version();
    }

    public Transition with(StoredAttempt attempt) {
        return new Transition(
                key,
                expectedVersion,
                fencingToken,
                claims,
                beginning,
                order,
                plus(attempts, attempt),
                events,
                jobs,
                outbox);
    }

    public Transition with(HistoryEntry event) {
        return new Transition(
                key,
                expectedVersion,
                fencingToken,
                claims,
                beginning,
                order,
                attempts,
                plus(events, event),
                jobs,
                outbox);
    }

    public Transition with(Job job) {
        return new Transition(
                key,
                expectedVersion,
                fencingToken,
                claims,
                beginning,
                order,
                attempts,
                events,
                plus(jobs, job),
                outbox);
    }

    public Transition with(OutboxEntry entry) {
        return new Transition(
                key,
                expectedVersion,
                fencingToken,
                claims,
                beginning,
                order,
                attempts,
                events,
                jobs,
                plus(outbox, entry));
    }

    private static <T> List<T> plus(List<T> list, T item) {
        List<T> longer = new ArrayList<>(list);
        longer.add(item);
        return longer;
    }
}
