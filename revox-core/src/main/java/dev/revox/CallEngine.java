package dev.revox;

import dev.revox.assistant.Assistant;
import dev.revox.campaign.feed.CampaignFeeder;
import dev.revox.campaign.feed.Campaigns;
import dev.revox.conversation.AgentWarmUp;
import dev.revox.dispatch.Dispatcher;
import dev.revox.dispatch.desk.Surroundings;
import dev.revox.dispatch.live.InboundRouter;
import dev.revox.event.EventStream;
import dev.revox.export.OrderExport;
import dev.revox.lifecycle.Change;
import dev.revox.lifecycle.OrderLife;
import dev.revox.lifecycle.OrderStep;
import dev.revox.order.CallOrder;
import dev.revox.order.InvalidOrderException;
import dev.revox.order.OrderKey;
import dev.revox.order.PlacedOrder;
import dev.revox.order.TenantKey;
import dev.revox.order.Violation;
import dev.revox.order.rules.Review;
import dev.revox.resource.access.Assistants;
import dev.revox.resource.access.OwnNumbers;
import dev.revox.resource.access.Resources;
import dev.revox.resource.access.Suppressions;
import dev.revox.schedule.DecidingZones;
import dev.revox.schedule.explain.Explanation;
import dev.revox.store.EngineStore;
import dev.revox.store.HistoryEntry;
import dev.revox.store.OrderPage;
import dev.revox.store.StoreConflictException;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredOrder;
import dev.revox.store.Transition;
import dev.revox.store.search.OrderQuery;
import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import dev.revox.wire.CallReport;
import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

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
    private final Dispatcher dispatcher;
    private final PendingReports reports;
    private final CampaignFeeder feeder;
    private final Resources resources;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AgentWarmUp warmUp;

    CallEngine(EngineParts parts) {
        this.parts = parts;
        this.store = parts.store();
        this.time = parts.time();
        this.reports = new PendingReports(parts.callExecutor());
        this.warmUp = new AgentWarmUp(parts.agent());
        this.dispatcher = new Dispatcher(
                new Surroundings(
                        parts.line(),
                        parts.agent(),
                        store,
                        time,
                        parts.deskExecutor(),
                        parts.nodeExecutor(),
                        parts.callExecutor(),
                        parts.dispatch(),
                        new EventStream(parts.listeners(), parts.callExecutor()),
                        parts.guarding().suppression(),
                        parts.guarding().guard(),
                        parts.guarding().restraints(),
                        parts.ids(),
                        reports::complete),
                this::lookAfterReports);
        this.resources = new Resources(store.resources(), parts.rules(), time, parts.numbers());
        this.feeder = new CampaignFeeder(
                store,
                time,
                parts.backgroundExecutor(),
                (order, id, now) -> accepted(order, parts.rules().check(order), id, now),
                dispatcher::due,
                dispatcher::cancel);
    }

    public static CallEngineBuilder builder() {
        return new CallEngineBuilder();
    }

    /** Registers with the store, and is ready for calls that come in: from here on the line may start. */
    void prepare() {
        dispatcher.register();
        parts.inbound().ifPresent(host -> dispatcher.answerIncoming(routes(host)));
        // Without a router and without a number that takes calls, a line refuses strangers as early as it can.
        parts.numbers()
                .start(() -> dispatcher.answerIncoming(
                        parts.inbound().map(this::routes).orElse(parts.numbers())));
    }

    private InboundRouter routes(InboundRouter host) {
        return call -> host.route(call).or(() -> parts.numbers().route(call));
    }

    /** Begins to place calls; {@code aside} warms the agent up on a thread of its own. */
    void start(boolean aside) {
        dispatcher.start(feeder::onJob);
        feeder.start();
        if (aside) {
            warmUp.startSoon(time);
        } else {
            warmUp.run();
        }
    }

    /** Undoes {@link #prepare()}, for an engine that could not start. */
    void abandon() {
        stopBackground();
        dispatcher.leave();
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
                .orElseGet(() -> insert(scoped, parts.rules().check(scoped), Optional.empty()));
    }

    /**
     * Accepts an order within a transaction of the host's own: the call exists if and when the host commits. After the commit the
     * host calls {@link CallHandle#committed()}; else the call begins when the store next looks for work.
     *
     * @param transaction a connection to the store's database with auto-commit off; it is neither committed nor closed
     * @throws InvalidOrderException with everything that is wrong with it
     * @throws RevoxException when the store is not in the host's database
     */
    public CallHandle place(CallOrder order, Connection transaction) {
        refuseIfClosed();
        CallOrder scoped = scoped(order);
        return samePlacedBefore(scoped)
                .orElseGet(() -> insert(scoped, parts.rules().check(scoped), Optional.of(transaction)));
    }

    /**
     * Accepts an order in the call API page's JSON.
     *
     * @throws InvalidOrderException with everything that is wrong with it, by JSON path
     */
    public CallHandle placeJson(String body) {
        refuseIfClosed();
        var read = parts.reader().read(body, parts.organizationId(), Optional.empty());
        return insert(scoped(read.order()), read.review(), Optional.empty());
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

    /** Why a call's next attempt is when it is, and what refused every earlier moment; empty when none is to come. Blocks. */
    public Optional<Explanation> explain(String id) {
        return explain(key(id));
    }

    /** Why a call's next attempt is when it is, and what refused every earlier moment; empty when none is to come. Blocks. */
    public Optional<Explanation> explain(OrderKey key) {
        return dispatcher.explain(key);
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
        return pause(key(id));
    }

    /** Makes no further attempt until {@link #resume}; a live attempt goes on. False when unknown or settled. */
    public boolean pause(OrderKey key) {
        return take(key, new OrderStep.Pause());
    }

    /** Goes on where {@link #pause} stopped. False when unknown or settled. */
    public boolean resume(String id) {
        return resume(key(id));
    }

    /** Goes on where {@link #pause} stopped. False when unknown or settled. */
    public boolean resume(OrderKey key) {
        boolean possible = take(key, new OrderStep.Resume());
        dispatcher.due(key);
        return possible;
    }

    private boolean take(OrderKey key, OrderStep step) {
        while (true) {
            Optional<StoredOrder> row = store.order(key);
            if (row.isEmpty()) {
                return false;
            }
            switch (OrderLife.after(row.get(), step, time.instant())) {
                case Change.None none -> {
                    return true;
                }
                case Change.Impossible impossible -> {
                    return false;
                }
                case Change.To to -> {
                    try {
                        store.commit(to.transition());
                        return true;
                    } catch (StoreConflictException moved) {
                        if (moved.reason() != StoreConflictException.Reason.VERSION) {
                            throw moved;
                        }
                    }
                }
            }
        }
    }

    /** Some of the calls that a question asks for, newest first. */
    public OrderPage search(OrderQuery query) {
        return store.search(query);
    }

    /** Every call that a question asks for as one line of JSON, secrets masked, newest first; read a page at a time. */
    public Stream<String> export(OrderQuery query) {
        return new OrderExport(store).lines(query);
    }

    /**
     * Writes what {@link #export(OrderQuery)} gives, each line with its end.
     *
     * @return how many lines
     */
    public long export(OrderQuery query, Appendable out) throws IOException {
        return new OrderExport(store).write(query, out);
    }

    /** The stored assistants of the engine's tenant. */
    public Assistants assistants() {
        return resources.assistants(parts.organizationId());
    }

    public Assistants assistants(String organizationId) {
        return resources.assistants(Optional.of(organizationId));
    }

    /** The telephone numbers of the engine's tenant. */
    public OwnNumbers phoneNumbers() {
        return resources.numbers(parts.organizationId());
    }

    public OwnNumbers phoneNumbers(String organizationId) {
        return resources.numbers(Optional.of(organizationId));
    }

    /** The numbers that the engine's tenant must not call. */
    public Suppressions suppressions() {
        return resources.suppressions(parts.organizationId());
    }

    public Suppressions suppressions(String organizationId) {
        return resources.suppressions(Optional.of(organizationId));
    }

    /** The campaigns of the engine's tenant. */
    public Campaigns campaigns() {
        return campaigns(parts.organizationId());
    }

    public Campaigns campaigns(String organizationId) {
        return campaigns(Optional.of(organizationId));
    }

    private Campaigns campaigns(Optional<String> tenant) {
        return new Campaigns(store.campaigns(), parts.rules(), parts.assistants(), time, feeder, parts.ids(), tenant);
    }

    private CallHandle insert(CallOrder order, Review review, Optional<Connection> transaction) {
        Instant now = time.instant();
        PlacedOrder placed = accepted(order, review, parts.ids().next(now), now);
        OrderKey key = OrderKey.of(placed);
        Transition insertion = OrderLife.placed(placed, now);
        try {
            if (transaction.isPresent()) {
                store.commit(insertion, transaction.get());
                return new CallHandle(this, key);
            }
            store.commit(insertion);
        } catch (StoreConflictException conflict) {
            return samePlacedBefore(order).orElseThrow(() -> conflict);
        }
        dispatcher.due(key);
        return new CallHandle(this, key);
    }

    private PlacedOrder accepted(CallOrder order, Review review, String id, Instant now) {
        Assistant assistant = review.assistant().orElseThrow();
        PlacedOrder fromPage = PlacedOrder.accepted(
                order, id, assistant.snapshot(UUID.randomUUID().toString(), now), review.zones(), now);
        PlacedOrder placed = fromPage.withEffective(
                order.organizationId(),
                fromPage.from().or(parts::defaultFrom),
                fromPage.retryPolicy(),
                fromPage.model());
        requireZone(placed, now);
        parts.guarding().admit(placed, now);
        return placed;
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
                .map(row -> new CallHandle(this, row.key()));
    }

    void committed(OrderKey key) {
        dispatcher.due(key);
    }

    /** The final report of a call, once there is one: a future of the caller's own. */
    CompletableFuture<CallReport> report(OrderKey key) {
        CompletableFuture<CallReport> report = reports.of(key).copy();
        // The report may have been told before anybody asked for it.
        completeIfReported(key);
        if (closed.get()) {
            reports.failAll();
        }
        return report;
    }

    private void completeIfReported(OrderKey key) {
        store.order(key)
                .filter(StoredOrder::reported)
                .flatMap(row -> get(key))
                .ifPresent(known -> reports.completeNow(key, known));
    }

    /** Another engine on the store may have told the reports that somebody waits for here. */
    private void lookAfterReports() {
        reports.waiting().forEach(this::completeIfReported);
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
        stopBackground();
        CompletableFuture<Void> drained = dispatcher.shutdown();
        await(drained, parts.shutdownLimit());
        parts.closeLine();
        await(drained, LAST_WRITES);
        dispatcher.leave();
        reports.failAll();
        await(cold, WARM_UP_STOPS);
        parts.closeRest();
    }

    private void stopBackground() {
        feeder.stop();
        parts.numbers().stop();
    }

    private void await(CompletableFuture<Void> done, Duration limit) {
        CompletableFuture<Void> waited = new CompletableFuture<>();
        CompletableFuture<Void> unused = done.thenAccept(waited::complete);
        Alarm alarm = time.schedule(limit, () -> waited.complete(null));
        if (!waited.isDone()) {
            time.aboutToWait(limit);
        }
        waited.join();
        alarm.cancel();
    }
}
