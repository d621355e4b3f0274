package dev.revox;

import dev.revox.assistant.Assistant;
import dev.revox.dispatch.Dispatcher;
import dev.revox.event.EventStream;
import dev.revox.job.Job;
import dev.revox.order.CallOrder;
import dev.revox.order.InvalidOrderException;
import dev.revox.order.OrderKey;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.order.TenantKey;
import dev.revox.order.Violation;
import dev.revox.order.rules.Review;
import dev.revox.schedule.DecidingZones;
import dev.revox.store.EngineStore;
import dev.revox.store.HistoryEntry;
import dev.revox.store.StoreConflictException;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredOrder;
import dev.revox.store.Transition;
import dev.revox.time.Alarm;
import dev.revox.time.ManualTime;
import dev.revox.time.TimeSource;
import dev.revox.wire.CallReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * The front door: takes orders, makes the calls, and tells what came of them.
 *
 * <p>An engine owns everything it was built from - line, agent, store, time - and closes it with itself.
 *
 * <p><b>Thread:</b> Thread-safe. {@link #place} and {@link #cancel} may be called from listeners.
 */
public final class CallEngine implements AutoCloseable {
    /** After the line was closed under calls that would not end, for their rows to be written. */
    private static final Duration LAST_WRITES = Duration.ofSeconds(2);

    /** For a warm-up that was told to stop: after that the agent is closed under it. */
    private static final Duration WARM_UP_STOPS = Duration.ofSeconds(2);

    private final EngineParts parts;
    private final EngineStore store;
    private final TimeSource time;
    private final EventStream events;
    private final Dispatcher dispatcher;
    private final PendingReports reports;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AgentWarmUp warmUp;

    CallEngine(EngineParts parts) {
        this.parts = parts;
        this.store = parts.store();
        this.time = parts.time();
        this.events = new EventStream(parts.listeners(), parts.callExecutor());
        this.reports = new PendingReports(parts.callExecutor());
        this.warmUp = new AgentWarmUp(parts.agent());
        this.dispatcher = new Dispatcher(
                parts.line(),
                parts.agent(),
                store,
                time,
                parts.deskExecutor(),
                parts.callExecutor(),
                parts.dispatch(),
                events,
                reports::complete);
    }

    public static CallEngineBuilder builder() {
        return new CallEngineBuilder();
    }

    /** Begins to take calls; {@code aside} warms the agent up on a thread of its own. */
    void start(boolean aside) {
        parts.inbound().ifPresent(dispatcher::answerIncoming);
        dispatcher.start();
        if (aside) {
            warmUp.startAside();
        } else {
            warmUp.run();
        }
    }

    /**
     * Accepts an order and returns at once; the call is made when its time comes, and again if need be.
     *
     * @throws InvalidOrderException with everything that is wrong with it
     */
    public CallHandle place(CallOrder order) {
        refuseIfClosed();
        CallOrder scoped = scoped(order);
        return samePlacedBefore(scoped)
                .orElseGet(() -> insert(scoped, parts.rules().check(scoped)));
    }

    /**
     * Accepts an order in the call API page's JSON.
     *
     * @throws InvalidOrderException with everything that is wrong with it, by JSON path
     */
    public CallHandle placeJson(String body) {
        refuseIfClosed();
        var read = parts.reader().read(body, parts.organizationId(), Optional.empty());
        return insert(scoped(read.order()), read.review());
    }

    /** The call as it is now; empty when the engine's tenant has none of this id. */
    public Optional<CallReport> get(String id) {
        return get(key(id));
    }

    /** The call as it is now. */
    public Optional<CallReport> get(OrderKey key) {
        return store.order(key)
                .map(row -> new CallReport(
                        row.order(),
                        store.attempts(key).stream().map(StoredAttempt::attempt).toList()));
    }

    /** What only the Java API tells of a call's attempts, newest first: raw SIP words, media counters, latencies. */
    public List<StoredAttempt> attempts(OrderKey key) {
        return store.attempts(key);
    }

    /** What happened to a call and why, oldest first. */
    public List<HistoryEntry> history(OrderKey key) {
        return store.history(key);
    }

    /** Cancels a call at whatever point it is; false when it is unknown or settled already. */
    public boolean cancel(String id) {
        return cancel(key(id));
    }

    /** Cancels a call at whatever point it is; false when it is unknown or settled already. */
    public boolean cancel(OrderKey key) {
        return dispatcher.cancel(key);
    }

    /** Makes no further attempt until {@link #resume}; a live attempt goes on. False when unknown or settled. */
    public boolean pause(String id) {
        OrderKey key = key(id);
        boolean changed = change(
                key,
                order -> (order.status() == OrderStatus.CALLING
                                ? order
                                : order.withStatus(OrderStatus.SCHEDULED, time.instant()))
                        .withPaused(true, time.instant()));
        dispatcher.paused(key);
        return changed;
    }

    /** Goes on where {@link #pause} stopped. False when unknown or settled. */
    public boolean resume(String id) {
        OrderKey key = key(id);
        boolean changed = change(key, order -> order.withPaused(false, time.instant()));
        dispatcher.due(key);
        return changed;
    }

    private boolean change(OrderKey key, UnaryOperator<PlacedOrder> change) {
        while (true) {
            Optional<StoredOrder> row = store.order(key);
            if (row.isEmpty() || row.get().order().settled()) {
                return false;
            }
            PlacedOrder changed = change.apply(row.get().order());
            try {
                store.commit(Transition.change(
                                row.get(), new StoredOrder(changed, row.get().dueAt()))
                        .with(new HistoryEntry(
                                time.instant(), changed.status(), changed.paused() ? "paused" : "resumed")));
                return true;
            } catch (StoreConflictException moved) {
                if (moved.reason() != StoreConflictException.Reason.VERSION) {
                    throw moved;
                }
            }
        }
    }

    private CallHandle insert(CallOrder order, Review review) {
        Instant now = time.instant();
        Assistant assistant = review.assistant().orElseThrow();
        PlacedOrder fromPage = PlacedOrder.accepted(
                order,
                UUID.randomUUID().toString(),
                assistant.snapshot(UUID.randomUUID().toString(), now),
                review.zones(),
                now);
        PlacedOrder placed = fromPage.withEffective(
                order.organizationId(),
                fromPage.from().or(parts::defaultFrom),
                fromPage.retryPolicy(),
                fromPage.model());
        requireZone(placed, now);
        OrderKey key = OrderKey.of(placed);
        StoredOrder row = new StoredOrder(placed, Optional.of(now));
        try {
            store.commit(Transition.insert(row)
                    .with(new HistoryEntry(now, placed.status(), "placed"))
                    .with(Job.attempt(key, now)));
        } catch (StoreConflictException conflict) {
            return samePlacedBefore(order).orElseThrow(() -> conflict);
        }
        CallHandle handle = handle(key);
        dispatcher.due(key);
        return handle;
    }

    private void requireZone(PlacedOrder order, Instant now) {
        boolean known = DecidingZones.choose(
                        order.retryPolicy(),
                        order.zones().zones(),
                        order.zones().principalZones(),
                        parts.dispatch().defaultZone(),
                        now)
                .isPresent();
        if (!known) {
            throw new InvalidOrderException(List.of(new Violation(
                    "$.assistant.call_retry_config.timezone",
                    "timezone required: the zones that the number may be in have no callable minute in common")));
        }
    }

    private Optional<CallHandle> samePlacedBefore(CallOrder order) {
        return order.idempotencyKey()
                .flatMap(key -> store.orderByIdempotencyKey(new TenantKey(order.organizationId(), key)))
                .map(row -> handle(row.key()));
    }

    private CallHandle handle(OrderKey key) {
        CompletableFuture<CallReport> report = reports.of(key);
        // The report may have been told before anybody asked for it.
        get(key).filter(known -> settledAndAnalysed(key, known)).ifPresent(known -> reports.completeNow(key, known));
        return new CallHandle(this, key, report);
    }

    private boolean settledAndAnalysed(OrderKey key, CallReport report) {
        return report.order().settled()
                && store.attempts(key).stream()
                        .allMatch(stored ->
                                stored.attempt().ended() && stored.analysis() != StoredAttempt.AnalysisState.PENDING);
    }

    private CallOrder scoped(CallOrder order) {
        if (order.organizationId().isPresent() || parts.organizationId().isEmpty()) {
            return order;
        }
        return new CallOrder(
                order.to(),
                order.assistant(),
                order.assistantId(),
                order.from(),
                order.forceNow(),
                order.scheduledAt(),
                order.concurrency(),
                order.promptVariables(),
                order.metadata(),
                parts.organizationId(),
                order.idempotencyKey(),
                order.retryPolicy());
    }

    private OrderKey key(String id) {
        return new OrderKey(parts.organizationId(), id);
    }

    private void refuseIfClosed() {
        if (closed.get()) {
            throw new RevoxException("the engine is closed", false);
        }
    }

    /**
     * Dials nobody any more, asks live calls to end, waits for them up to the shutdown limit, hangs up those that are left, and
     * frees everything. Idempotent. Orders that are not settled stay in a store that can keep them.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        CompletableFuture<Void> cold = warmUp.stop();
        CompletableFuture<Void> drained = dispatcher.shutdown();
        await(drained, parts.shutdownLimit());
        parts.closeLine();
        await(drained, LAST_WRITES);
        reports.failAll();
        await(cold, WARM_UP_STOPS);
        parts.closeRest();
    }

    private void await(CompletableFuture<Void> done, Duration limit) {
        CompletableFuture<Void> waited = new CompletableFuture<>();
        CompletableFuture<Void> unused = done.thenAccept(waited::complete);
        Alarm alarm = time.schedule(limit, () -> waited.complete(null));
        // Virtual time stands still while its thread waits, so it is moved along here.
        if (time instanceof ManualTime virtual && !waited.isDone()) {
            virtual.advance(limit);
        }
        waited.join();
        alarm.cancel();
    }
}
