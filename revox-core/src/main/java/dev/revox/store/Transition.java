package dev.revox.store;

import dev.revox.attempt.CallAttempt;
import dev.revox.campaign.CampaignKey;
import dev.revox.campaign.ContactMove;
import dev.revox.campaign.ContactState;
import dev.revox.job.Job;
import dev.revox.order.OrderKey;
import dev.revox.resource.SuppressionEntry;
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
 * @param suppressions added to the list of numbers that must not be called
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
        List<OutboxEntry> outbox,
        List<SuppressionEntry> suppressions) {
    public static final long NEW_ORDER = -1;
    public static final long UNFENCED = 0;

    public Transition {
        attempts = List.copyOf(attempts);
        events = List.copyOf(events);
        jobs = List.copyOf(jobs);
        outbox = List.copyOf(outbox);
        suppressions = List.copyOf(suppressions);
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
                List.of(),
                List.of());
    }

    /** Made by the holder of a token. */
    public Transition fenced(long token) {
        return conditions(token, claims, beginning);
    }

    /** From here on the order is the writer's; {@link #token()} is its token. */
    public Transition claiming() {
        return conditions(fencingToken, true, beginning);
    }

    /** An attempt begins, if its conditions hold. */
    public Transition beginning(Beginning conditions) {
        return conditions(fencingToken, true, Optional.of(conditions));
    }

    private Transition conditions(long token, boolean claiming, Optional<Beginning> begins) {
        return new Transition(
                key, expectedVersion, token, claiming, begins, order, attempts, events, jobs, outbox, suppressions);
    }

    /** The token of whoever claims the order with this change. */
    public long token() {
        return order.order().version();
    }

    public Transition with(StoredAttempt attempt) {
        return parts(plus(attempts, attempt), events, jobs, outbox, suppressions);
    }

    public Transition with(HistoryEntry event) {
        return parts(attempts, plus(events, event), jobs, outbox, suppressions);
    }

    public Transition with(Job job) {
        return parts(attempts, events, plus(jobs, job), outbox, suppressions);
    }

    public Transition with(OutboxEntry entry) {
        return parts(attempts, events, jobs, plus(outbox, entry), suppressions);
    }

    public Transition with(SuppressionEntry entry) {
        return parts(attempts, events, jobs, outbox, plus(suppressions, entry));
    }

    private Transition parts(
            List<StoredAttempt> newAttempts,
            List<HistoryEntry> newEvents,
            List<Job> newJobs,
            List<OutboxEntry> newOutbox,
            List<SuppressionEntry> newSuppressions) {
        return new Transition(
                key,
                expectedVersion,
                fencingToken,
                claims,
                beginning,
                order,
                newAttempts,
                newEvents,
                newJobs,
                newOutbox,
                newSuppressions);
    }

    /**
     * What the change makes of the contact that the order was made of. An order of a campaign has the id of its contact, so there
     * is at most one order per contact.
     */
    public Optional<ContactMove> contactMove() {
        return order.order()
                .campaign()
                .flatMap(campaign -> contactState()
                        .map(state -> new ContactMove(new CampaignKey(key.tenant(), campaign.id()), key.id(), state)));
    }

    private Optional<ContactState> contactState() {
        if (expectedVersion == NEW_ORDER) {
            return Optional.of(ContactState.PLACED);
        }
        boolean moves = events.stream()
                .map(HistoryEntry::cause)
                .anyMatch(cause -> cause != HistoryEntry.Cause.ANALYSED && cause != HistoryEntry.Cause.REPORTED);
        if (!moves) {
            return Optional.empty();
        }
        return Optional.of(
                switch (order.order().status()) {
                    case COMPLETED ->
                        attempts.stream().map(StoredAttempt::attempt).anyMatch(CallAttempt::reachedSomebody)
                                ? ContactState.REACHED
                                : ContactState.NOT_REACHED;
                    case CANCELLED -> ContactState.CANCELLED;
                    case ERRORED -> ContactState.FAILED;
                    case CALLING -> ContactState.IN_CALL;
                    case INITIALIZING, SCHEDULED, QUEUED_FOR_CALLING ->
                        order.dueAt().isEmpty() ? ContactState.HELD : ContactState.RETRYING;
                });
    }

    private static <T> List<T> plus(List<T> list, T item) {
        List<T> longer = new ArrayList<>(list);
        longer.add(item);
        return longer;
    }
}
