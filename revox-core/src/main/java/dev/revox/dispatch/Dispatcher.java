package dev.revox.dispatch;

import dev.revox.attempt.CallAttempt;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.call.CallSession;
import dev.revox.call.SessionSetup;
import dev.revox.conversation.ConversationSetup;
import dev.revox.conversation.VoiceAgent;
import dev.revox.event.CallEvent;
import dev.revox.event.EventStream;
import dev.revox.job.Job;
import dev.revox.line.CallLeg;
import dev.revox.line.CallLine;
import dev.revox.line.DialRequest;
import dev.revox.order.OrderKey;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.schedule.NextAttempt;
import dev.revox.store.EngineStore;
import dev.revox.store.StoreConflictException;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredAttempt.AnalysisState;
import dev.revox.store.StoredOrder;
import dev.revox.template.TemplateException;
import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import dev.revox.wire.CallReport;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * What makes orders into calls. A job, or the sweep, says that an order is due; the planner says whether it may be dialled now;
 * the queue whether there is a slot; then the attempt's row is written, and only then the INVITE leaves. When the attempt is
 * over, the same desk settles the order or plans the next attempt, and tells the report once everything is known.
 *
 * <p>Every step reads the order's row anew and commits against the version it has read. So it does not matter how often or in
 * which order a job, a sweep, a cancellation and the end of a call arrive.
 *
 * <p><b>Thread:</b> Thread-safe; all state is confined to the desk.
 */
public final class Dispatcher {
    private static final System.Logger LOG = System.getLogger("dev.revox.dispatch");
    private static final Duration STORE_PAUSE = Duration.ofSeconds(5);

    private final CallLine line;
    private final VoiceAgent agent;
    private final TimeSource time;
    private final Executor callExecutor;
    private final DispatchSettings settings;
    private final EventStream events;
    private final BiConsumer<OrderKey, CallReport> whenReported;
    private final OrderBook book;
    private final Desk desk;
    private final LiveCalls live;
    private final AnalysisDesk analyses;
    private final DialQueue queue = new DialQueue();
    private final Set<OrderKey> cancelled = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private volatile boolean stopping;
    private volatile Alarm nextSweep = () -> {};

    /**
     * Wires a dispatcher; nothing runs before {@link #start}.
     *
     * @param deskExecutor runs the desk; it may block on the store
     * @param callExecutor runs calls, one task at a time each
     * @param whenReported told once per order, on the desk
     */
    public Dispatcher(
            CallLine line,
            VoiceAgent agent,
            EngineStore store,
            TimeSource time,
            Executor deskExecutor,
            Executor callExecutor,
            DispatchSettings settings,
            EventStream events,
            BiConsumer<OrderKey, CallReport> whenReported) {
        this.line = line;
        this.agent = agent;
        this.time = time;
        this.callExecutor = callExecutor;
        this.settings = settings;
        this.events = events;
        this.whenReported = whenReported;
        this.book = new OrderBook(store, events, time, settings, this::settledByAttempt);
        this.desk = new Desk(deskExecutor, time);
        this.live = new LiveCalls(book, desk, events, this::over);
        this.analyses =
                new AnalysisDesk(book, desk, events, agent.analyzer(), time, callExecutor, settings, this::reportLater);
    }

    /** Begins to take jobs and to sweep. */
    public void start() {
        book.store().jobs().start(time, this::onJob);
        desk.post("sweep", this::sweep);
    }

    /** Answers incoming calls with the assistants that the router names. */
    public void answerIncoming(InboundRouter router) {
        line.onIncoming(new Reception(this, router, live, settings));
    }

    private void onJob(Job job) {
        switch (job.kind()) {
            case ATTEMPT -> due(job.order());
            case ANALYSIS -> desk.post("analysis order=" + job.order().id(), () -> analyses.start(job.order()));
        }
    }

    /** Looks at an order that was placed, resumed, or has become due. */
    public void due(OrderKey key) {
        desk.post("due order=" + key.id(), () -> consider(key));
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
                if (book.cancel(row.get())) {
                    StoredOrder before = row.get();
                    desk.post("cancel order=" + key.id(), () -> follow(before));
                    return true;
                }
                cancelled.remove(key);
            }
        }
    }

    private void follow(StoredOrder before) {
        OrderKey key = before.key();
        queue.remove(key);
        Optional<LiveCall> call = live.find(key);
        if (call.isPresent()) {
            // The order is told as settled when its attempt has ended.
            call.get().session().stop(EndedBy.SYSTEM, EndReason.CANCELLED);
        } else if (cancelled.remove(key)) {
            book.placed(before);
            events.publish(new CallEvent.Settled(key, time.instant(), OrderStatus.CANCELLED));
            reportLater(key);
        }
    }

    /** Follows a pause that was committed elsewhere. */
    public void paused(OrderKey key) {
        desk.post("pause order=" + key.id(), () -> queue.remove(key));
    }

    /** Stops dispatching and asks every live call to end; done when none is left. */
    public CompletableFuture<Void> shutdown() {
        stopping = true;
        book.store().jobs().close();
        nextSweep.cancel();
        desk.post("shutdown", () -> {
            live.all().forEach(call -> call.session().stop(EndedBy.SYSTEM, EndReason.SHUTDOWN));
            finishDraining();
        });
        return drained;
    }

    boolean stopping() {
        return stopping;
    }

    private void finishDraining() {
        if (stopping && live.all().isEmpty()) {
            drained.complete(null);
        }
    }

    private void consider(OrderKey key) {
        if (stopping || queue.contains(key)) {
            return;
        }
        Optional<StoredOrder> found = book.find(key);
        if (found.isEmpty() || !OrderBook.waits(found.get())) {
            return;
        }
        StoredOrder row = found.get();
        switch (book.plan(row.order())) {
            case NextAttempt.Now now -> {
                queue.add(row.order());
                fillSlots();
                if (queue.contains(key)) {
                    book.queue(row);
                }
            }
            case NextAttempt.At at -> book.schedule(row, at);
            case NextAttempt.Never never -> settle(row, OrderStatus.COMPLETED, "no further attempt: " + never.why());
        }
    }

    private void fillSlots() {
        while (!stopping && live.size() < settings.maxConcurrentCalls()) {
            Optional<OrderKey> next = queue.takeNext(book.store()::liveAttempts);
            if (next.isEmpty()) {
                return;
            }
            dial(next.get());
        }
    }

    /** Asks once more whether the order may be dialled now, then dials. */
    private void dial(OrderKey key) {
        Optional<StoredOrder> row = book.find(key);
        if (row.isEmpty() || !OrderBook.waits(row.get())) {
            return;
        }
        if (!(book.plan(row.get().order()) instanceof NextAttempt.Now)) {
            // It waited past the end of its window.
            due(key);
            return;
        }
        try {
            dial(row.get());
        } catch (TemplateException unusable) {
            settle(row.get(), OrderStatus.ERRORED, "the assistant's texts no longer work: " + unusable.getMessage());
        } catch (RuntimeException fault) {
            // A lost race, or a store that cannot be reached: the order stays due. It must not take others with it.
            LOG.log(System.Logger.Level.WARNING, () -> "not dialled order=" + key.id(), fault);
            boolean race = fault instanceof StoreConflictException;
            Alarm unused =
                    desk.postIn(race ? Duration.ZERO : STORE_PAUSE, "due order=" + key.id(), () -> consider(key));
        }
    }

    private void dial(StoredOrder row) {
        PlacedOrder order = row.order();
        String attemptId = UUID.randomUUID().toString();
        ConversationSetup conversation = Texts.setup(order, attemptId, book.spokenZone(order), time);
        CallAttempt attempt = CallAttempt.queued(attemptId, order.to(), time.instant());
        DialRequest request = new DialRequest(
                order.id(), attemptId, order.to(), order.from(), settings.ringTimeout(), settings.listening());
        CallSession session = CallSession.outbound(
                setup(conversation), request, line, agent, time, callExecutor, live.observer(row.key(), attemptId));
        long token = book.store().claim(row.key());
        book.begin(row, attempt, token);
        live.add(new LiveCall(row.key(), attempt, token, session));
        session.start();
    }

    SessionSetup setup(ConversationSetup conversation) {
        // The name is a secret of its own: whoever knows an id must not be able to guess it.
        return new SessionSetup(
                conversation,
                settings.ringTimeout(),
                settings.recordings().map(folder -> folder.resolve(UUID.randomUUID() + ".wav")),
                settings.limits());
    }

    CallSession answering(ConversationSetup conversation, CallLeg leg, OrderKey key, String attemptId) {
        return CallSession.inbound(setup(conversation), leg, agent, time, callExecutor, live.observer(key, attemptId));
    }

    /** An incoming call that a session waits to answer. */
    void arrived(PlacedOrder order, CallAttempt attempt, CallSession session) {
        OrderKey key = OrderKey.of(order);
        desk.post("arrival order=" + key.id(), () -> {
            if (stopping) {
                session.stop(EndedBy.SYSTEM, EndReason.SHUTDOWN);
                return;
            }
            if (book.find(key).isEmpty()) {
                book.arrive(order, attempt);
            }
            long token = book.store().claim(key);
            live.add(new LiveCall(key, attempt, token, session));
            session.start();
        });
    }

    TimeSource time() {
        return time;
    }

    private void over(LiveCall call) {
        OrderKey key = call.order();
        String after = "after attempt=" + call.attemptId() + " order=" + key.id();
        desk.post(after, () -> analyses.start(key));
        desk.post(after, this::fillSlots);
        // Twice in a row is due at once; anything later has its job.
        desk.post(after, () -> consider(key));
        finishDraining();
    }

    /** An attempt's end has settled the order and told so. */
    private void settledByAttempt(OrderKey key) {
        cancelled.remove(key);
        reportLater(key);
    }

    private void settle(StoredOrder row, OrderStatus status, String why) {
        book.settle(row, status, why);
        reportLater(row.key());
    }

    private void reportLater(OrderKey key) {
        desk.post("report order=" + key.id(), () -> report(key));
    }

    /** Tells the report if nothing is open any more. */
    private void report(OrderKey key) {
        Optional<StoredOrder> row = book.find(key);
        if (row.isEmpty() || !row.get().order().settled() || live.find(key).isPresent()) {
            return;
        }
        for (StoredAttempt attempt : book.store().attempts(key)) {
            if (attempt.analysis() == AnalysisState.PENDING) {
                return;
            }
        }
        boolean tellWebhook =
                row.get().order().assistant().notifications().webhookUrl().isPresent();
        if (tellWebhook && book.store().outbox(key).isEmpty()) {
            book.queueWebhook(row.get(), UUID.randomUUID().toString());
        }
        CallReport report = book.report(book.find(key).orElse(row.get()));
        events.publish(new CallEvent.Reported(key, time.instant(), report));
        whenReported.accept(key, report);
    }

    /** Makes up for jobs that were lost, and takes orders out of the queue whose window has closed meanwhile. */
    private void sweep() {
        if (stopping) {
            return;
        }
        nextSweep = desk.postIn(settings.sweepEvery(), "sweep", this::sweep);
        try {
            leaveClosedWindows();
            makeUpForLostJobs();
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.WARNING, "a sweep failed; the next one comes", fault);
        }
    }

    private void leaveClosedWindows() {
        for (OrderKey waiting : queue.all()) {
            book.find(waiting)
                    .filter(row -> !(book.plan(row.order()) instanceof NextAttempt.Now))
                    .ifPresent(row -> {
                        queue.remove(waiting);
                        due(waiting);
                    });
        }
    }

    private void makeUpForLostJobs() {
        for (OrderKey key : book.store().unfinished()) {
            boolean overdue = book.find(key)
                    .filter(OrderBook::waits)
                    .flatMap(StoredOrder::dueAt)
                    .filter(due -> !due.isAfter(time.instant()))
                    .isPresent();
            if (overdue) {
                consider(key);
            }
            analyses.start(key);
        }
    }
}
