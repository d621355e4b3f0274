package dev.revox.dispatch.desk;

import dev.revox.attempt.CallAttempt;
import dev.revox.event.CallEvent;
import dev.revox.event.EventStream;
import dev.revox.guard.DialGuard;
import dev.revox.guard.DialQuestion;
import dev.revox.job.Job;
import dev.revox.lifecycle.Change;
import dev.revox.lifecycle.OrderLife;
import dev.revox.lifecycle.OrderStep;
import dev.revox.lifecycle.Sequel;
import dev.revox.lifecycle.Settlement;
import dev.revox.order.OrderKey;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.schedule.AttemptPlanner;
import dev.revox.schedule.NextAttempt;
import dev.revox.schedule.PlanRequest;
import dev.revox.schedule.explain.Explainer;
import dev.revox.schedule.explain.Explanation;
import dev.revox.schedule.limit.GuardAnswer;
import dev.revox.store.EngineStore;
import dev.revox.store.HistoryEntry;
import dev.revox.store.HistoryEntry.Cause;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredOrder;
import dev.revox.store.Transition;
import dev.revox.store.node.NodeId;
import dev.revox.time.TimeSource;
import dev.revox.wire.CallReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The orders as the desk sees them: reads rows, and makes of each step one transition and its events.
 *
 * <p><b>Thread:</b> Confined to the desk, but for {@link #find} and {@link #cancel}.
 */
public final class OrderBook {
    private final EngineStore store;
    private final EventStream events;
    private final TimeSource time;
    private final Planning planning;
    private final Consumer<OrderKey> whenSettledByAttempt;
    private final UnansweredEnds ends;

    public OrderBook(
            EngineStore store,
            EventStream events,
            TimeSource time,
            Planning planning,
            Consumer<OrderKey> whenSettledByAttempt) {
        this.store = store;
        this.events = events;
        this.time = time;
        this.planning = planning;
        this.ends = new UnansweredEnds(store);
        this.whenSettledByAttempt = whenSettledByAttempt;
    }

    public EngineStore store() {
        return store;
    }

    public Instant now() {
        return time.instant();
    }

    public Optional<StoredOrder> find(OrderKey key) {
        return store.order(key);
    }

    public NextAttempt plan(PlacedOrder order) {
        return planning.plan(order, store.attempts(OrderKey.of(order)), now());
    }

    /** The plan when the guards have said this. */
    public NextAttempt plan(PlacedOrder order, GuardAnswer answer) {
        return answer instanceof GuardAnswer.Yes
                ? new NextAttempt.Now(List.of())
                : AttemptPlanner.next(guarded(request(order), answer));
    }

    private static PlanRequest guarded(PlanRequest request, GuardAnswer answer) {
        return request.withLimits(request.limits().withGuards(answer));
    }

    /** Why the next attempt is when it is, as things stand and as the guards say now. */
    public Explanation explain(PlacedOrder order, DialGuard guard) {
        GuardAnswer answer = guard.ask(new DialQuestion(
                OrderKey.of(order),
                order.to(),
                nextAttemptNumber(order),
                DialQuestion.Moment.DIAL,
                order.metadata(),
                now()));
        return Explainer.explain(guarded(request(order), answer));
    }

    /** 1 for an order that was not dialled yet. */
    public int nextAttemptNumber(PlacedOrder order) {
        return Settlement.countedAttempts(store.attempts(OrderKey.of(order))) + 1;
    }

    private PlanRequest request(PlacedOrder order) {
        return planning.request(order, store.attempts(OrderKey.of(order)), now());
    }

    /** The order waits for an instant. */
    public void plan(StoredOrder row, NextAttempt.At at) {
        String why = "next attempt at " + at.instant() + ": " + at.reasons();
        Optional<StoredOrder> planned = take(row, new OrderStep.Plan(at.instant(), why));
        if (planned.isEmpty()) {
            // It is planned so already, but its job may have been lost.
            store.jobs().schedule(Job.attempt(row.key(), at.instant()));
        }
        planned.ifPresent(this::planned);
    }

    /** The order is due and waits for a slot or a line. */
    public void queue(StoredOrder row) {
        Instant until = planning.dialableUntil(row.order(), store.attempts(row.key()), now());
        Optional<StoredOrder> queued = take(row, new OrderStep.Queue(until));
        if (queued.isEmpty()) {
            store.jobs().schedule(Job.attempt(row.key(), until));
        }
        queued.ifPresent(this::planned);
    }

    /** The order is due, but its campaign is paused. */
    public void hold(StoredOrder row) {
        take(row, new OrderStep.Hold()).ifPresent(this::planned);
    }

    /**
     * An attempt's row, before the INVITE.
     *
     * @return the token of its owner
     */
    public long begin(StoredOrder row, OrderStep.Begin begin) {
        StoredOrder next = take(row, begin)
                .orElseThrow(() -> new IllegalStateException("an order that waits can always begin an attempt"));
        events.publish(new CallEvent.Dialling(
                row.key(), now(), begin.attempt().attempt().id()));
        return next.order().version();
    }

    /** An incoming call becomes an order with one attempt, live from the start. */
    public long arrive(PlacedOrder order, CallAttempt attempt, NodeId node) {
        StoredOrder row = StoredOrder.of(order, Optional.empty());
        Transition arrival = Transition.insert(row)
                .claiming()
                .with(StoredAttempt.of(attempt, node, Optional.empty()))
                .with(new HistoryEntry(
                        now(), OrderStatus.CALLING, Cause.ARRIVED, "incoming call, attempt " + attempt.id()));
        store.commit(arrival);
        events.publish(new CallEvent.Placed(row.key(), now()));
        events.publish(new CallEvent.Arrived(row.key(), now(), attempt.id()));
        return arrival.token();
    }

    /** Something about a live attempt has changed. */
    public void progress(StoredOrder row, StoredAttempt attempt, long token) {
        Optional<StoredOrder> unused = take(row, new OrderStep.Progress(attempt, token));
    }

    /** The order is settled without an attempt having said so. */
    public void settle(StoredOrder row, OrderStatus status, String why) {
        take(row, new OrderStep.Settle(status, why)).ifPresent(next -> settled(next, status));
    }

    /** Marks an order as cancelled, from any thread. False when it is settled already. */
    public boolean cancel(StoredOrder row) {
        Change change = OrderLife.after(row, new OrderStep.Cancel(), now());
        if (change instanceof Change.To to) {
            store.commit(to.transition());
            return true;
        }
        return false;
    }

    /**
     * An attempt's end and what follows from it, in one transaction.
     *
     * @param unusable why the order's assistant can hold no conversation at all
     */
    public void end(StoredOrder row, StoredAttempt ended, Optional<String> unusable, long token) {
        Optional<StoredAttempt> known = ended(row.key(), ended.attempt().id());
        if (known.flatMap(StoredAttempt::holdsUntil).isPresent()) {
            // Others took this engine for dead and have closed the attempt, and told what follows from that.
            events.publish(new CallEvent.AttemptEnded(
                    row.key(), now(), known.get().attempt(), known.get().media()));
            return;
        }
        if (known.isPresent()) {
            // The commit came through, and its answer was lost. Meanwhile others may have gone on with the order.
            endedBefore(row, ended);
            return;
        }
        Sequel sequel = planning.sequel(row.order(), ended, unusable, store.attempts(row.key()), now());
        if (OrderLife.after(row, new OrderStep.End(ended, sequel, token), now()) instanceof Change.To to) {
            attemptOver(ends.commit(ended.attempt().id(), to.transition()), ended);
        } else {
            attemptOver(row, ended);
        }
    }

    private void endedBefore(StoredOrder row, StoredAttempt ended) {
        StoredOrder then = ends.take(ended.attempt().id()).orElse(row);
        if (then.order().settled() || then.order().version() == row.order().version()) {
            attemptOver(then, ended);
        } else {
            events.publish(new CallEvent.AttemptEnded(row.key(), now(), ended.attempt(), ended.media()));
        }
    }

    private Optional<StoredAttempt> ended(OrderKey key, String attemptId) {
        return store.attempts(key).stream()
                .filter(known -> known.attempt().id().equals(attemptId)
                        && known.attempt().ended())
                .findFirst();
    }

    /** Tells what an end that is stored has made of its order. */
    void attemptOver(StoredOrder next, StoredAttempt ended) {
        events.publish(new CallEvent.AttemptEnded(next.key(), now(), ended.attempt(), ended.media()));
        if (next.order().settled()) {
            settled(next, next.order().status());
            whenSettledByAttempt.accept(next.key());
        } else {
            planned(next);
        }
    }

    /** What an attempt meant. */
    public void analysed(StoredOrder row, OrderStep.Analyse analyse) {
        Optional<StoredOrder> unused = take(row, analyse);
    }

    /** Everything about the order is final; false when that was noted before. */
    public boolean report(StoredOrder row, OrderStep.Report report) {
        return take(row, report).isPresent();
    }

    public CallReport report(StoredOrder row) {
        return new CallReport(
                row.order(),
                store.attempts(row.key()).stream().map(StoredAttempt::attempt).toList());
    }

    /** Takes a step; empty when it changes nothing. */
    private Optional<StoredOrder> take(StoredOrder row, OrderStep step) {
        if (!(OrderLife.after(row, step, now()) instanceof Change.To to)) {
            return Optional.empty();
        }
        store.commit(to.transition());
        placed(row);
        return Optional.of(to.transition().order());
    }

    /** The first thing that is told of an order, when the desk sees it first. */
    public void placed(StoredOrder seen) {
        if (seen.order().status() == OrderStatus.INITIALIZING) {
            events.publish(new CallEvent.Placed(seen.key(), seen.order().createdAt()));
        }
    }

    private void settled(StoredOrder row, OrderStatus status) {
        events.publish(new CallEvent.Settled(row.key(), now(), status));
    }

    private void planned(StoredOrder row) {
        events.publish(new CallEvent.Planned(row.key(), now(), row.order().status(), row.dueAt()));
    }
}
