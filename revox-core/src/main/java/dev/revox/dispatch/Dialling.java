package dev.revox.dispatch;

import dev.revox.attempt.CallAttempt;
import dev.revox.call.CallSession;
import dev.revox.cluster.NodeKeeper;
import dev.revox.conversation.ConversationSetup;
import dev.revox.dispatch.desk.DeskParts;
import dev.revox.dispatch.desk.OrderBook;
import dev.revox.dispatch.desk.Planning;
import dev.revox.dispatch.desk.Texts;
import dev.revox.dispatch.live.LiveCall;
import dev.revox.dispatch.live.LiveCalls;
import dev.revox.lifecycle.OrderLife;
import dev.revox.lifecycle.OrderStep;
import dev.revox.lifecycle.Settlement;
import dev.revox.line.DialRequest;
import dev.revox.line.LineLimits;
import dev.revox.order.OrderKey;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.order.TenantKey;
import dev.revox.schedule.NextAttempt;
import dev.revox.schedule.limit.GuardAnswer;
import dev.revox.store.Beginning;
import dev.revox.store.StoreConflictException;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredOrder;
import dev.revox.store.node.NodeId;
import dev.revox.template.TemplateException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * From an order that is due to its INVITE. What must hold over all engines - the queue of a concurrency key, slots, what the line
 * can carry - is judged by the store with the attempt's row; what only this engine knows - its own free calls - is judged here.
 *
 * <p>An order that may go goes at once. One that may not is queued in the store, where every engine sees it, and whoever has a
 * call free takes the first that may go.
 *
 * <p><b>Thread:</b> Confined to the desk.
 */
final class Dialling {
    private static final System.Logger LOG = System.getLogger("dev.revox.dispatch");
    private static final Duration STORE_PAUSE = Duration.ofSeconds(5);
    private static final int MOST_AT_ONCE = 50;

    /** What came of an order that was looked at. */
    private enum Came {
        /** Its row has changed: others may go now. */
        FORWARD,
        /** It must wait; others may go. */
        NOWHERE,
        /** Nobody may go now. */
        LINE_FULL,
        /** It is looked at again when its guards have answered. */
        GUARDED
    }

    private final DeskParts parts;
    private final OrderBook book;
    private final Planning planning;
    private final LiveCalls live;
    private final NodeKeeper keeper;
    private final GuardDesk guards;
    private boolean pullPlanned;

    Dialling(DeskParts parts, OrderBook book, Planning planning, LiveCalls live, NodeKeeper keeper) {
        this.parts = parts;
        this.book = book;
        this.planning = planning;
        this.live = live;
        this.keeper = keeper;
        this.guards = new GuardDesk(parts, this::consider);
    }

    /** Looks at an order that was placed, resumed, or has become due. */
    void consider(OrderKey key) {
        if (parts.stopping()) {
            return;
        }
        Optional<StoredOrder> row = waiting(key);
        if (row.isEmpty()) {
            pull();
            return;
        }
        if (planned(row.get())) {
            PlacedOrder order = row.get().order();
            // Where anybody may have to wait, whoever became due earlier goes first.
            boolean mayGoAtOnce = order.status() != OrderStatus.QUEUED_FOR_CALLING
                    && order.concurrency().isEmpty()
                    && parts.line().limits().unlimited()
                    && hasRoom();
            Came came = mayGoAtOnce ? dial(row.get()) : Came.NOWHERE;
            if (came == Came.NOWHERE || came == Came.LINE_FULL) {
                book.find(key).filter(OrderLife::waits).ifPresent(book::queue);
            }
        }
        pull();
    }

    /** Dials queued orders while this engine has calls free and the store lets any go. */
    void pull() {
        boolean again = true;
        while (again && hasRoom()) {
            again = false;
            for (OrderKey key : book.store().dialable(book.now(), MOST_AT_ONCE)) {
                if (!hasRoom()) {
                    return;
                }
                Came came = pull(key);
                if (came == Came.LINE_FULL) {
                    pullLater();
                    return;
                }
                again |= came == Came.FORWARD;
            }
        }
    }

    /**
     * The order's row if its next step is an attempt. Not while this engine holds an attempt of it: others may have closed that one
     * already, but here its end has not been told, because the store could not be reached.
     */
    private Optional<StoredOrder> waiting(OrderKey key) {
        return live.find(key).isPresent() ? Optional.empty() : book.find(key).filter(OrderLife::waits);
    }

    private Came pull(OrderKey key) {
        Optional<StoredOrder> row = waiting(key);
        if (row.isEmpty()) {
            return Came.NOWHERE;
        }
        return planned(row.get()) ? dial(row.get()) : Came.FORWARD;
    }

    private boolean hasRoom() {
        return !parts.stopping() && live.size() < parts.settings().maxConcurrentCalls() && keeper.holdsLease();
    }

    // The line frees itself after a while that is known, if it was only a matter of pace.
    private void pullLater() {
        Duration spacing = parts.line().limits().spacing();
        if (!spacing.isZero()) {
            pullAt(book.now().plus(spacing));
        }
    }

    private void pullAt(Instant instant) {
        if (!pullPlanned) {
            pullPlanned = true;
            var unused = parts.desk().postIn(Duration.between(book.now(), instant), "pull", () -> {
                pullPlanned = false;
                pull();
            });
        }
    }

    /** True when the order may be dialled now; else it has got another instant, or is settled. */
    private boolean planned(StoredOrder row) {
        return follow(row, book.plan(row.order()));
    }

    private boolean follow(StoredOrder row, NextAttempt next) {
        return switch (next) {
            case NextAttempt.Now now -> true;
            case NextAttempt.At at -> {
                book.plan(row, at);
                yield false;
            }
            case NextAttempt.Never never -> {
                book.settle(row, Planning.statusAfter(never), Planning.why(never));
                parts.reportLater(row.key());
                yield false;
            }
        };
    }

    private Came dial(StoredOrder row) {
        OrderKey key = row.key();
        try {
            Optional<GuardAnswer> guarded = guards.ask(row.order(), book.nextAttemptNumber(row.order()));
            if (guarded.isEmpty()) {
                return Came.GUARDED;
            }
            if (!follow(row, book.plan(row.order(), guarded.get()))) {
                return Came.FORWARD;
            }
            begin(row);
            return Came.FORWARD;
        } catch (TemplateException unusable) {
            book.settle(row, OrderStatus.ERRORED, "the assistant's texts no longer work: " + unusable.getMessage());
            parts.reportLater(key);
            return Came.FORWARD;
        } catch (StoreConflictException conflict) {
            return switch (conflict.reason()) {
                case LINE -> Came.LINE_FULL;
                // A lost race: another engine has it, or it has changed; then there is a job or a queue that knows it.
                case SLOT, FENCED, IDEMPOTENCY_KEY, CONTACT -> Came.NOWHERE;
                case CAMPAIGN -> {
                    book.hold(row);
                    yield Came.FORWARD;
                }
                case PACE -> {
                    pullAt(conflict.notBefore().orElse(book.now()));
                    yield Came.NOWHERE;
                }
                case VERSION -> {
                    parts.desk().post("due order=" + key.id(), () -> consider(key));
                    yield Came.NOWHERE;
                }
            };
        } catch (RuntimeException fault) {
            // A store that cannot be reached: the order stays due. It must not take others with it.
            LOG.log(System.Logger.Level.WARNING, () -> "not dialled order=" + key.id(), fault);
            var unused = parts.desk().postIn(STORE_PAUSE, "due order=" + key.id(), () -> consider(key));
            return Came.NOWHERE;
        }
    }

    private void begin(StoredOrder row) {
        PlacedOrder order = row.order();
        NodeId node = keeper.self().orElseThrow();
        long beganNanos = parts.time().nanoTime();
        String attemptId = parts.ids().next(book.now());
        ConversationSetup conversation = Texts.setup(order, attemptId, planning.spokenZone(order), parts.time());
        Instant now = book.now();
        CallAttempt attempt = CallAttempt.queued(attemptId, order.to(), now);
        Beginning conditions = new Beginning(node, slot(order), budget(), now);
        StoredAttempt stored =
                StoredAttempt.of(attempt, node, conditions.budget().map(Beginning.LineBudget::line));
        DialRequest request = new DialRequest(
                order.id(),
                attemptId,
                order.to(),
                order.from(),
                parts.settings().ringTimeout(),
                parts.settings().listening());
        CallSession session = CallSession.outbound(
                parts.setup(conversation),
                request,
                parts.line(),
                parts.agent(),
                parts.time(),
                parts.callExecutor(),
                live.observer(row.key(), attemptId),
                () -> mayDial(node, beganNanos));
        long token = book.begin(row, new OrderStep.Begin(stored, conditions));
        live.add(new LiveCall(row.key(), stored, token, session));
        session.start();
    }

    /**
     * Asked right before the INVITE: a store that was slow, or an engine that stood still, must not let it leave when others may
     * have closed the attempt, nor so late that the call could outlast what they wait for then.
     */
    private boolean mayDial(NodeId asWhom, long beganNanos) {
        return keeper.holdsLeaseAs(asWhom)
                && parts.time().nanoTime() - beganNanos < Settlement.CERTAINTY_MARGIN.toNanos();
    }

    private static Optional<Beginning.Slot> slot(PlacedOrder order) {
        return order.concurrency()
                .map(limit -> new Beginning.Slot(new TenantKey(order.organizationId(), limit.key()), limit.max()));
    }

    private Optional<Beginning.LineBudget> budget() {
        LineLimits limits = parts.line().limits();
        return limits.unlimited()
                ? Optional.empty()
                : Optional.of(new Beginning.LineBudget(limits.name(), limits.maxCalls(), limits.spacing()));
    }
}
