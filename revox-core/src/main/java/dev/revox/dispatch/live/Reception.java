package dev.revox.dispatch.live;

import dev.revox.assistant.Assistant;
import dev.revox.assistant.LlmModel;
import dev.revox.assistant.sound.Speaking;
import dev.revox.attempt.CallAttempt;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.call.CallSession;
import dev.revox.cluster.NodeKeeper;
import dev.revox.dispatch.desk.DeskParts;
import dev.revox.dispatch.desk.OrderBook;
import dev.revox.dispatch.desk.Texts;
import dev.revox.line.CallLeg;
import dev.revox.line.IncomingCall;
import dev.revox.line.IncomingHandler;
import dev.revox.line.LegEvent;
import dev.revox.order.Direction;
import dev.revox.order.OrderKey;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.phone.PhoneNumber;
import dev.revox.phone.RecipientZones;
import dev.revox.schedule.RetryPolicy;
import dev.revox.store.StoredAttempt;
import dev.revox.store.node.NodeId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Who takes incoming calls: asks the router for an assistant, and makes the call an order with one attempt.
 *
 * <p><b>Thread:</b> Thread-safe; called on the line's threads and blocks on nothing.
 */
public final class Reception implements IncomingHandler {
    private static final System.Logger LOG = System.getLogger("dev.revox.dispatch");

    /** Stands for our own number in calls to an address without one; no country has this code. */
    private static final PhoneNumber NO_NUMBER = PhoneNumber.of("+999000");

    private final DeskParts parts;
    private final InboundRouter router;
    private final LiveCalls live;
    private final OrderBook book;
    private final NodeKeeper keeper;

    public Reception(DeskParts parts, InboundRouter router, LiveCalls live, OrderBook book, NodeKeeper keeper) {
        this.parts = parts;
        this.router = router;
        this.live = live;
        this.book = book;
        this.keeper = keeper;
    }

    @Override
    public Optional<Consumer<LegEvent>> incoming(IncomingCall call, CallLeg leg) {
        if (parts.stopping() || live.size() >= parts.settings().maxConcurrentCalls()) {
            return Optional.empty();
        }
        try {
            return router.route(call).map(assistant -> take(call, leg, assistant));
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.ERROR, "an incoming call is refused, because it could not be routed", fault);
            return Optional.empty();
        }
    }

    private Consumer<LegEvent> take(IncomingCall call, CallLeg leg, Assistant assistant) {
        Instant now = book.now();
        RecipientZones zones = zones(call);
        PlacedOrder order = order(call, assistant, zones, now);
        OrderKey key = OrderKey.of(order);
        String attemptId = UUID.randomUUID().toString();
        ZoneId zone = zones.zones().getFirst();
        CallSession session = CallSession.inbound(
                parts.setup(Texts.setup(order, attemptId, zone, parts.time())),
                leg,
                parts.agent(),
                parts.time(),
                parts.callExecutor(),
                live.observer(key, attemptId));
        CallAttempt attempt = CallAttempt.queued(attemptId, order.to(), now);
        parts.desk().post("arrival order=" + key.id(), () -> arrived(order, attempt, session));
        return session.legListener();
    }

    /** Notes the call, and answers it. */
    private void arrived(PlacedOrder order, CallAttempt attempt, CallSession session) {
        Optional<NodeId> node = keeper.self();
        if (parts.stopping() || node.isEmpty()) {
            session.stop(EndedBy.SYSTEM, EndReason.SHUTDOWN);
            return;
        }
        OrderKey key = OrderKey.of(order);
        StoredAttempt row = StoredAttempt.of(attempt, node.get(), Optional.empty());
        // The step may be done again after a commit that had come through.
        long token = book.find(key)
                .map(known -> known.order().version())
                .orElseGet(() -> book.arrive(order, attempt, node.get()));
        live.add(new LiveCall(key, row, token, session));
        session.start();
    }

    private RecipientZones zones(IncomingCall call) {
        return call.caller()
                .map(RecipientZones::of)
                .filter(RecipientZones::known)
                .orElseGet(() ->
                        RecipientZones.fixed(parts.settings().defaultZone().orElse(ZoneOffset.UTC)));
    }

    private static PlacedOrder order(IncomingCall call, Assistant assistant, RecipientZones zones, Instant now) {
        return new PlacedOrder(
                UUID.randomUUID().toString(),
                Direction.INBOUND,
                call.called().orElse(NO_NUMBER),
                false,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                assistant.organizationId(),
                Optional.empty(),
                Optional.empty(),
                assistant.snapshot(UUID.randomUUID().toString(), now),
                call.caller(),
                assistant.retryPolicy().orElse(RetryPolicy.DEFAULT),
                assistant.model().orElse(LlmModel.Dedicated.GPT_4_1),
                assistant.speaking().firstSentenceDelay().orElse(Speaking.DEFAULT_FIRST_SENTENCE_DELAY),
                zones,
                OrderStatus.CALLING,
                false,
                Optional.empty(),
                Optional.empty(),
                now,
                now,
                0);
    }
}
