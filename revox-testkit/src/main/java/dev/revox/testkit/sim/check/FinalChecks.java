package dev.revox.testkit.sim.check;

import dev.revox.order.OrderKey;
import dev.revox.order.OrderStatus;
import dev.revox.store.EngineStore;
import dev.revox.store.HistoryEntry;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What must hold of every order after a calm time at the end of a run, while the nodes still live.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 */
public final class FinalChecks {
    /** A sweep comes every half minute, and an order that waits for a line may wait a little. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Journal journal;
    private final RowChecks rows;
    private final CallChecks calls;
    private final Map<OrderStatus, Integer> statuses = new EnumMap<>(OrderStatus.class);

    public FinalChecks(Journal journal, RowChecks rows, CallChecks calls) {
        this.journal = journal;
        this.rows = rows;
        this.calls = calls;
    }

    /**
     * Looks at every order.
     *
     * @param accepted orders that a host was given a handle of
     * @param cancelled orders whose cancellation was confirmed
     */
    public void check(EngineStore store, Set<OrderKey> accepted, Set<OrderKey> cancelled, Instant now) {
        for (OrderKey key : accepted) {
            if (store.order(key).isEmpty()) {
                journal.broken(Promise.NO_LOST_ORDER, key.id(), "accepted, and not in the store");
            }
        }
        for (StoredOrder known : rows.rows()) {
            Optional<StoredOrder> row = store.order(known.key());
            if (!row.equals(Optional.of(known))) {
                journal.broken(
                        Promise.NO_LOST_CHANGE, known.key().id(), "the last acknowledged row is not in the store");
            }
            row.ifPresent(found -> order(store, found, now));
        }
        for (OrderKey key : cancelled) {
            Optional<OrderStatus> status =
                    store.order(key).map(row -> row.order().status());
            if (!status.equals(Optional.of(OrderStatus.CANCELLED))) {
                journal.broken(Promise.FINAL_IS_FINAL, key.id(), "cancelled by the host, and is " + status);
            }
        }
    }

    private void order(EngineStore store, StoredOrder row, Instant now) {
        statuses.merge(row.order().status(), 1, Integer::sum);
        String id = row.key().id();
        long reports = store.history(row.key()).stream()
                .filter(entry -> entry.cause() == HistoryEntry.Cause.REPORTED)
                .count();
        if (reports != (row.order().settled() ? 1 : 0)
                || row.reported() != row.order().settled()) {
            journal.broken(
                    Promise.REPORTED_ONCE,
                    id,
                    "an order that is " + row.order().status() + " was reported " + reports + " times");
        }
        if (!row.order().settled()) {
            open(row, now);
        }
        if (row.order().settled() || row.order().status() == OrderStatus.SCHEDULED) {
            for (StoredAttempt attempt : store.attempts(row.key())) {
                if (!attempt.attempt().ended()) {
                    journal.broken(
                            Promise.NO_LOST_ORDER,
                            id,
                            "attempt " + attempt.attempt().id() + " never ended");
                }
            }
        }
    }

    private void open(StoredOrder row, Instant now) {
        if (row.order().paused()) {
            return;
        }
        Instant late = now.minus(PATIENCE);
        boolean overdue = row.dueAt().filter(late::isAfter).isPresent();
        boolean stuck = switch (row.order().status()) {
            case INITIALIZING -> true;
            case SCHEDULED -> row.dueAt().isEmpty() || overdue;
            // Somebody of its key, or of the whole line, must be on the telephone for it to wait so long.
            case QUEUED_FOR_CALLING -> overdue && calls.live() == 0;
            case CALLING -> calls.live() == 0;
            case COMPLETED, CANCELLED, ERRORED -> false;
        };
        if (stuck) {
            journal.broken(
                    Promise.NO_LOST_ORDER,
                    row.key().id(),
                    "still " + row.order().status() + ", due " + row.dueAt() + ", at the end " + now);
        }
    }

    /** How many orders ended in which status. */
    public Map<OrderStatus, Integer> statuses() {
        return Map.copyOf(statuses);
    }
}
