package dev.revox.store.jdbc.commit;

import dev.revox.order.OrderKey;
import dev.revox.order.PlacedOrder;
import dev.revox.order.TenantKey;
import dev.revox.store.StoreConflictException;
import dev.revox.store.StoreConflictException.Reason;
import dev.revox.store.StoredAttempt;
import dev.revox.store.Transition;
import dev.revox.store.jdbc.campaign.CampaignStep;
import dev.revox.store.jdbc.resource.JdbcResources;
import dev.revox.store.jdbc.row.AttemptRows;
import dev.revox.store.jdbc.row.LifeRows;
import dev.revox.store.jdbc.row.OrderRows;
import dev.revox.store.jdbc.row.Snapshots;
import dev.revox.store.jdbc.sql.Session;
import dev.revox.store.jdbc.sql.TenantColumn;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything of a transition but its jobs, over one session.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class CommitStep {
    private final OrderRows orders;

    public CommitStep(OrderRows orders) {
        this.orders = orders;
    }

    /** Where an order's row stands. */
    private record Standing(long version, long fence, long dueAt) {
        boolean admits(Transition transition) {
            long token = transition.fencingToken();
            return version == transition.expectedVersion() && (token == Transition.UNFENCED || token >= fence);
        }
    }

    /**
     * Runs the statements.
     *
     * @param content of the order's assistant, for a new order
     * @throws StoreConflictException when the world has moved on; the caller undoes what was done
     */
    public void run(Session session, Transition transition, Optional<Snapshots.Content> content) throws SQLException {
        PlacedOrder order = transition.order().order();
        if (content.isPresent()) {
            insert(session, transition, content.get());
        } else {
            change(session, transition);
        }
        int index = 0;
        for (StoredAttempt attempt : transition.attempts()) {
            AttemptRows.put(session, order, attempt, LifeRows.sequence(order.version(), index++));
        }
        LifeRows.addHistory(session, transition.key(), order.version(), transition.events());
        LifeRows.addOutbox(session, transition.key(), order.version(), transition.outbox());
        JdbcResources.suppress(session, transition.suppressions());
        CampaignStep.apply(session, transition);
    }

    /** True when a change can be stored along with others: one that needs no conditions but that of its version. */
    public static boolean isPlain(Transition transition) {
        return transition.expectedVersion() != Transition.NEW_ORDER
                && transition.beginning().isEmpty();
    }

    /**
     * Runs the statements of plain changes of different orders, which come in the order of their keys so that nobody who does the
     * same waits for us while we wait for them. Those that the world has moved on from do nothing.
     *
     * @return the others
     */
    public static List<Transition> runAll(Session session, List<Transition> transitions) throws SQLException {
        boolean[] changed = OrderRows.updateAll(session, transitions);
        List<Transition> stored = new ArrayList<>(transitions.size());
        for (int i = 0; i < changed.length; i++) {
            if (changed[i]) {
                stored.add(transitions.get(i));
            }
        }
        AttemptRows.putAll(session, stored);
        LifeRows.addHistories(session, stored);
        for (Transition transition : stored) {
            LifeRows.addOutbox(
                    session, transition.key(), transition.order().order().version(), transition.outbox());
            JdbcResources.suppress(session, transition.suppressions());
            CampaignStep.apply(session, transition);
        }
        return stored;
    }

    /** Attempts of a concurrency key that take up a slot. */
    public static long live(Session session, TenantKey key, Instant now) throws SQLException {
        return Conditions.live(session, key, now);
    }

    private void insert(Session session, Transition transition, Snapshots.Content content) throws SQLException {
        long fence = transition.claims() ? transition.token() : 0;
        if (!orders.insert(session, transition.order(), content, fence)) {
            throw standing(session, transition.key())
                    .map(there -> conflict(transition, there))
                    .orElseGet(() -> new StoreConflictException(
                            Reason.IDEMPOTENCY_KEY, "another order was placed with the same idempotency key"));
        }
        CampaignStep.check(session, transition);
        if (transition.beginning().isPresent()) {
            Conditions.check(session, transition.beginning().get(), transition.key(), Long.MAX_VALUE);
        }
    }

    private void change(Session session, Transition transition) throws SQLException {
        if (transition.beginning().isPresent()) {
            // Locked before it is judged: the change itself takes the order out of the queue.
            Standing before = standing(session, transition.key(), " FOR UPDATE").orElseThrow(() -> gone(transition));
            if (!before.admits(transition)) {
                throw conflict(transition, before);
            }
            CampaignStep.check(session, transition);
            Conditions.check(session, transition.beginning().get(), transition.key(), before.dueAt());
        }
        Optional<Long> fence = transition.claims() ? Optional.of(transition.token()) : Optional.empty();
        boolean changed = orders.update(
                session, transition.order(), transition.expectedVersion(), transition.fencingToken(), fence);
        if (!changed) {
            throw standing(session, transition.key())
                    .map(there -> conflict(transition, there))
                    .orElseGet(() -> gone(transition));
        }
    }

    private static Optional<Standing> standing(Session session, OrderKey key) throws SQLException {
        return standing(session, key, "");
    }

    private static Optional<Standing> standing(Session session, OrderKey key, String lock) throws SQLException {
        return session.first(
                "SELECT version, fence, due_at FROM revox_order WHERE tenant = ? AND id = ?" + lock,
                row -> {
                    long dueAt = row.getLong(3);
                    return new Standing(row.getLong(1), row.getLong(2), row.wasNull() ? Long.MAX_VALUE : dueAt);
                },
                TenantColumn.of(key.tenant()),
                key.id());
    }

    private static StoreConflictException gone(Transition transition) {
        return new StoreConflictException(
                Reason.VERSION,
                "order " + transition.key().id() + " is not there, expected version " + transition.expectedVersion());
    }

    private static StoreConflictException conflict(Transition transition, Standing there) {
        String id = transition.key().id();
        return there.version() == transition.expectedVersion()
                ? new StoreConflictException(Reason.FENCED, "order " + id + " was taken over by another engine")
                : new StoreConflictException(
                        Reason.VERSION,
                        "order " + id + " is at version " + there.version() + ", expected "
                                + transition.expectedVersion());
    }
}
