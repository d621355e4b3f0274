package dev.revox.dispatch;

import dev.revox.attempt.CallAttempt;
import dev.revox.event.CallEvent;
import dev.revox.event.EventStream;
import dev.revox.job.Job;
import dev.revox.order.OrderKey;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.phone.RecipientZones;
import dev.revox.schedule.AttemptPlanner;
import dev.revox.schedule.DecidingZones;
import dev.revox.schedule.NextAttempt;
import dev.revox.schedule.PlanRequest;
import dev.revox.store.EngineStore;
import dev.revox.store.HistoryEntry;
import dev.revox.store.OutboxEntry;
import dev.revox.store.StoreConflictException;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredAttempt.AnalysisState;
import dev.revox.store.StoredOrder;
import dev.revox.store.Transition;
import dev.revox.time.TimeSource;
import dev.revox.wire.CallReport;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The orders as the desk sees them: reads rows, plans, and turns each decision into one transition and its event.
 *
 * <p><b>Thread:</b> Confined to the desk.
 */
final class OrderBook {
    private final EngineStore store;
    private final EventStream events;
    private final TimeSource time;
    private final DispatchSettings settings;
    private final Consumer<OrderKey> whenSettledByAttempt;

    OrderBook(
            EngineStore store,
            EventStream events,
            TimeSource time,
            DispatchSettings settings,
            Consumer<OrderKey> whenSettledByAttempt) {
        this.whenSettledByAttempt = whenSettledByAttempt;
        this.store = store;
        this.events = events;
        this.time = time;
        this.settings = settings;
    }

    EngineStore store() {
        return store;
    }

    Instant now() {
        return time.instant();
    }

    Optional<StoredOrder> find(OrderKey key) {
        return store.order(key);
    }

    /** True when the order's next step is an attempt. */
    static boolean waits(StoredOrder row) {
        return switch (row.order().status()) {
            case INITIALIZING, SCHEDULED, QUEUED_FOR_CALLING -> !row.order().paused();
            case CALLING, COMPLETED, CANCELLED, ERRORED -> false;
        };
    }

    /** The zones that decide for an order, the same for all of its life. */
    DecidingZones zones(PlacedOrder order) {
        RecipientZones known = order.zones();
        return DecidingZones.choose(
                        order.retryPolicy(),
                        known.zones(),
                        known.principalZones(),
                        settings.defaultZone(),
                        order.createdAt())
                .orElseGet(() -> DecidingZones.of(settings.defaultZone().orElse(ZoneOffset.UTC)));
    }

    ZoneId spokenZone(PlacedOrder order) {
        return zones(order).spokenZone();
    }

    NextAttempt plan(PlacedOrder order) {
        return plan(order, store.attempts(OrderKey.of(order)));
    }

    NextAttempt plan(PlacedOrder order, List<StoredAttempt> newestFirst) {
        return AttemptPlanner.next(new PlanRequest(
                order.retryPolicy(),
                zones(order),
                order.createdAt(),
                order.scheduledAt(),
                order.forceNow(),
                settings.forceNowLapse(),
                Settlement.history(order, newestFirst, settings.ringTimeout()),
                jitter(order, newestFirst.size()),
                time.instant()));
    }

    // The same answer each time an attempt is planned, so that a plan made again does not move.
    private static double jitter(PlacedOrder order, int attempts) {
        return Math.floorMod((order.id() + '/' + attempts).hashCode(), 1000) / 1000.0;
    }

    /** The order waits for an instant. */
    void schedule(StoredOrder row, NextAttempt.At at) {
        if (row.order().status() == OrderStatus.SCHEDULED && row.dueAt().equals(Optional.of(at.instant()))) {
            store.jobs().schedule(Job.attempt(row.key(), at.instant()));
            return;
        }
        StoredOrder next =
                new StoredOrder(row.order().withStatus(OrderStatus.SCHEDULED, now()), Optional.of(at.instant()));
        commit(
                row,
                Transition.change(row, next)
                        .with(entry(OrderStatus.SCHEDULED, "next attempt at " + at.instant() + ": " + at.reasons()))
                        .with(Job.attempt(row.key(), at.instant())));
        planned(next);
    }

    /** The order is due and waits for a slot. */
    void queue(StoredOrder row) {
        if (row.order().status() == OrderStatus.QUEUED_FOR_CALLING) {
            return;
        }
        StoredOrder next = new StoredOrder(
                row.order().withStatus(OrderStatus.QUEUED_FOR_CALLING, now()),
                Optional.of(row.dueAt().orElse(now())));
        commit(row, Transition.change(row, next).with(entry(OrderStatus.QUEUED_FOR_CALLING, "waits for a free slot")));
        planned(next);
    }

    /** The attempt's row, before the INVITE. */
    StoredOrder begin(StoredOrder row, CallAttempt attempt, long token) {
        StoredOrder next = new StoredOrder(row.order().withStatus(OrderStatus.CALLING, now()), Optional.empty());
        commit(
                row,
                Transition.change(row, next)
                        .fenced(token)
                        .with(StoredAttempt.of(attempt))
                        .with(entry(OrderStatus.CALLING, "attempt " + attempt.id())));
        events.publish(new CallEvent.Dialling(row.key(), now(), attempt.id()));
        return next;
    }

    /** An incoming call becomes an order with one attempt, live from the start. */
    void arrive(PlacedOrder order, CallAttempt attempt) {
        StoredOrder row = new StoredOrder(order, Optional.empty());
        store.commit(Transition.insert(row)
                .with(StoredAttempt.of(attempt))
                .with(entry(OrderStatus.CALLING, "incoming call, attempt " + attempt.id())));
        events.publish(new CallEvent.Placed(row.key(), now()));
        events.publish(new CallEvent.Arrived(row.key(), now(), attempt.id()));
    }

    /** Something about a live attempt has changed. */
    void progress(StoredOrder row, StoredAttempt attempt, long token) {
        StoredOrder next = new StoredOrder(row.order().touched(now()), row.dueAt());
        store.commit(Transition.change(row, next).fenced(token).with(attempt));
    }

    /** The order is settled without, or after, its attempts. */
    void settle(StoredOrder row, OrderStatus status, String why) {
        StoredOrder next = new StoredOrder(row.order().withStatus(status, now()), Optional.empty());
        commit(row, Transition.change(row, next).with(entry(status, why)));
        events.publish(new CallEvent.Settled(row.key(), now(), status));
    }

    /** Marks an order as cancelled, from any thread; false when it has changed meanwhile. */
    boolean cancel(StoredOrder row) {
        StoredOrder next = new StoredOrder(row.order().withStatus(OrderStatus.CANCELLED, now()), Optional.empty());
        try {
            store.commit(Transition.change(row, next).with(entry(OrderStatus.CANCELLED, "cancelled by the host")));
            return true;
        } catch (StoreConflictException changed) {
            return false;
        }
    }

    /**
     * An attempt's end and what follows from it, in one transaction.
     *
     * @param unusable why the order's assistant can hold no conversation at all
     */
    void end(StoredOrder row, StoredAttempt ended, Optional<String> unusable, long token) {
        Transition transition = afterwards(row, ended, unusable);
        if (ended.analysis() == AnalysisState.PENDING) {
            transition = transition.with(Job.analysis(row.key(), ended.attempt().id(), now()));
        }
        store.commit(transition.fenced(token).with(ended));
        events.publish(new CallEvent.AttemptEnded(row.key(), now(), ended.attempt()));
        StoredOrder next = transition.order();
        if (next.order().settled()) {
            events.publish(new CallEvent.Settled(row.key(), now(), next.order().status()));
            whenSettledByAttempt.accept(row.key());
        } else {
            planned(next);
        }
    }

    private Transition afterwards(StoredOrder row, StoredAttempt ended, Optional<String> unusable) {
        PlacedOrder order = row.order();
        if (order.settled()) {
            // Cancelled while the attempt was live: the host has had the last word.
            return Transition.change(row, new StoredOrder(order.touched(now()), Optional.empty()));
        }
        if (unusable.isPresent()) {
            return settledAs(row, OrderStatus.ERRORED, "the assistant does not work: " + unusable.get());
        }
        Optional<OrderStatus> settled = Settlement.of(order, ended);
        if (settled.isPresent()) {
            return settledAs(
                    row, settled.get(), "settled by attempt " + ended.attempt().id());
        }
        return switch (plan(order, including(row.key(), ended))) {
            case NextAttempt.Never never -> settledAs(row, OrderStatus.COMPLETED, "no further attempt: " + never.why());
            case NextAttempt.Now now -> again(row, now(), now.reasons());
            case NextAttempt.At at -> again(row, at.instant(), at.reasons());
        };
    }

    private Transition settledAs(StoredOrder row, OrderStatus status, String why) {
        return Transition.change(row, new StoredOrder(row.order().withStatus(status, now()), Optional.empty()))
                .with(entry(status, why));
    }

    private Transition again(StoredOrder row, Instant at, List<NextAttempt.Reason> reasons) {
        StoredOrder next = new StoredOrder(row.order().withStatus(OrderStatus.SCHEDULED, now()), Optional.of(at));
        return Transition.change(row, next)
                .with(entry(OrderStatus.SCHEDULED, "next attempt at " + at + ": " + reasons))
                .with(Job.attempt(row.key(), at));
    }

    private List<StoredAttempt> including(OrderKey key, StoredAttempt changed) {
        return store.attempts(key).stream()
                .map(stored -> stored.attempt().id().equals(changed.attempt().id()) ? changed : stored)
                .toList();
    }

    /** A change that nothing follows from. */
    void change(StoredOrder row, PlacedOrder changed, StoredAttempt attempt) {
        store.commit(
                Transition.change(row, new StoredOrder(changed, row.dueAt())).with(attempt));
    }

    /** Notes that a final report must be told to the host's webhook. */
    void queueWebhook(StoredOrder row, String eventId) {
        StoredOrder next = new StoredOrder(row.order().touched(now()), row.dueAt());
        store.commit(Transition.change(row, next).with(new OutboxEntry(eventId, OutboxEntry.Channel.WEBHOOK, now())));
    }

    CallReport report(StoredOrder row) {
        return new CallReport(
                row.order(),
                store.attempts(row.key()).stream().map(StoredAttempt::attempt).toList());
    }

    private void commit(StoredOrder from, Transition transition) {
        store.commit(transition);
        placed(from);
    }

    /** The first thing that is told of an order, when the desk sees it first. */
    void placed(StoredOrder seen) {
        if (seen.order().status() == OrderStatus.INITIALIZING) {
            events.publish(new CallEvent.Placed(seen.key(), seen.order().createdAt()));
        }
    }

    private void planned(StoredOrder row) {
        events.publish(new CallEvent.Planned(row.key(), now(), row.order().status(), row.dueAt()));
    }

    private HistoryEntry entry(OrderStatus status, String why) {
        return new HistoryEntry(now(), status, why);
    }
}
