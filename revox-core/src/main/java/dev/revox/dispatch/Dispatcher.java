package dev.revox.dispatch;

import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.cluster.NodeKeeper;
import dev.revox.dispatch.desk.Desk;
import dev.revox.dispatch.desk.DeskParts;
import dev.revox.dispatch.desk.LostAttempts;
import dev.revox.dispatch.desk.OrderBook;
import dev.revox.dispatch.desk.Planning;
import dev.revox.dispatch.desk.Surroundings;
import dev.revox.dispatch.live.InboundRouter;
import dev.revox.dispatch.live.LiveCall;
import dev.revox.dispatch.live.LiveCalls;
import dev.revox.dispatch.live.Reception;
import dev.revox.event.CallEvent;
import dev.revox.guard.DialGuard;
import dev.revox.job.Job;
import dev.revox.order.OrderKey;
import dev.revox.order.OrderStatus;
import dev.revox.schedule.explain.Explanation;
import dev.revox.store.EngineStore;
import dev.revox.store.StoreConflictException;
import dev.revox.store.StoredOrder;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What makes orders into calls. A job, or the sweep, says that an order is due; the planner says whether it may be dialled now;
 * the store whether there is a slot; then the attempt's row is written, and only then the INVITE leaves. When the attempt is over,
 * the same desk settles the order or plans the next attempt, and tells the report once everything is known.
 *
 * <p>Every step reads the order's row anew and commits against the version it has read. So it does not matter how often or in
 * which order a job, a sweep, a cancellation and the end of a call arrive, nor at which of several engines.
 *
 * <p><b>Thread:</b> Thread-safe; all state is confined to the desk.
 */
public final class Dispatcher {
    private final EngineStore store;
    private final DeskParts parts;
    private final OrderBook book;
    private final Desk desk;
    private final LiveCalls live;
    private final AnalysisDesk analyses;
    private final Reporting reporting;
    private final NodeKeeper keeper;
    private final Dialling dialling;
    private final Sweep sweep;
    private final Set<OrderKey> cancelled = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    /**
     * Wires a dispatcher; nothing runs before {@link #start}.
     *
     * @param afterSweep runs on the desk after each sweep, for what others have to look after
     */
    public Dispatcher(Surroundings around, Runnable afterSweep) {
        store = around.store();
        desk = new Desk(around.deskExecutor(), around.time());
        parts = new DeskParts(around, desk, this::report);
        Planning planning = new Planning(around.settings(), around.restraints());
        book = new OrderBook(store, around.events(), around.time(), planning, this::settledByAttempt);
        live = new LiveCalls(book, desk, around.events(), this::over);
        analyses = new AnalysisDesk(parts, book, planning);
        reporting = new Reporting(book, parts, live, around.whenReported());
        keeper = new NodeKeeper(
                store.nodes(),
                around.time(),
                around.nodeExecutor(),
                around.settings().nodeName(),
                around.settings().lease());
        dialling = new Dialling(parts, book, planning, live, keeper);
        sweep = new Sweep(parts, book, dialling, live, analyses, new LostAttempts(book, planning), afterSweep);
    }

    /** Registers with the store, which blocks on it once. */
    public void register() {
        keeper.start(sweep);
    }

    /**
     * Begins to take jobs and to sweep.
     *
     * @param campaigns takes the jobs of campaigns
     */
    public void start(Consumer<Job> campaigns) {
        store.jobs().start(parts.time(), job -> onJob(job, campaigns));
        sweep.start(keeper);
    }

    /** Answers incoming calls with the assistants that the router names. */
    public void answerIncoming(InboundRouter router) {
        parts.line().onIncoming(new Reception(parts, router, live, book, keeper));
    }

    private void onJob(Job job, Consumer<Job> campaigns) {
        switch (job.kind()) {
            case ATTEMPT -> due(job.order());
            case ANALYSIS -> desk.post("analysis order=" + job.order().id(), () -> analyses.start(job.order()));
            case CAMPAIGN -> campaigns.accept(job);
        }
    }

    /** Looks at an order that was placed, resumed, or has become due. */
    public void due(OrderKey key) {
        desk.post("due order=" + key.id(), () -> dialling.consider(key));
    }

    /**
     * Cancels an order at whatever point of its life it is. On return the row says so; a live call is on its way out.
     *
     * @return false when the order was settled already, or is unknown
     */
    public boolean cancel(OrderKey key) {
        // Cancellations exclude each other, so that each knows which of them was the one that counted.
        synchronized (cancelled) {
            while (true) {
                Optional<StoredOrder> row = book.find(key);
                if (row.isEmpty() || row.get().order().settled()) {
                    return false;
                }
                // Before the commit: the attempt's end may meet the cancelled row before this thread comes back.
                cancelled.add(key);
                try {
                    if (book.cancel(row.get())) {
                        StoredOrder before = row.get();
                        desk.post("cancel order=" + key.id(), () -> follow(before));
                        return true;
                    }
                } catch (StoreConflictException moved) {
                    cancelled.remove(key);
                    continue;
                }
                cancelled.remove(key);
            }
        }
    }

    private void follow(StoredOrder before) {
        OrderKey key = before.key();
        Optional<LiveCall> call = live.find(key);
        if (call.isPresent()) {
            // The order is told as settled when its attempt has ended.
            call.get().session().stop(EndedBy.SYSTEM, EndReason.CANCELLED);
        } else if (cancelled.remove(key) && before.order().status() != OrderStatus.CALLING) {
            book.placed(before);
            parts.events().publish(new CallEvent.Settled(key, parts.time().instant(), OrderStatus.CANCELLED));
            parts.reportLater(key);
        }
    }

    /**
     * Why the next attempt of an order is when it is. Asks the guards and the store, and blocks on them.
     *
     * @return empty for an order that is unknown, settled, or being called
     */
    public Optional<Explanation> explain(OrderKey key) {
        return book.find(key)
                .filter(row -> !row.order().settled() && row.order().status() != OrderStatus.CALLING)
                .map(row -> book.explain(row.order(), DialGuard.all(parts.suppression(), parts.guard())));
    }

    /** Stops dispatching and asks every live call to end; done when none is left. */
    public CompletableFuture<Void> shutdown() {
        parts.stop();
        store.jobs().close();
        sweep.stop();
        desk.post("shutdown", () -> {
            live.all().forEach(call -> call.session().stop(EndedBy.SYSTEM, EndReason.SHUTDOWN));
            finishDraining();
        });
        return drained;
    }

    /** Gives up this engine's place in the store; what it still held is closed by others at once. Blocks on the store. */
    public void leave() {
        keeper.close();
    }

    private void finishDraining() {
        if (parts.stopping() && live.all().isEmpty()) {
            drained.complete(null);
        }
    }

    private void over(LiveCall call) {
        OrderKey key = call.order();
        String after = "after attempt=" + call.attemptId() + " order=" + key.id();
        desk.post(after, () -> analyses.start(key));
        // Twice in a row is due at once; anything later has its job. And a slot has become free.
        desk.post(after, () -> dialling.consider(key));
        finishDraining();
    }

    /** An attempt's end has settled the order and told so. */
    private void settledByAttempt(OrderKey key) {
        cancelled.remove(key);
        parts.reportLater(key);
    }

    private void report(OrderKey key) {
        reporting.report(key);
    }
}
