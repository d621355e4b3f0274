package dev.revox.dispatch;

import dev.revox.assistant.Assistant;
import dev.revox.assistant.LlmModel;
import dev.revox.assistant.sound.Speaking;
import dev.revox.attempt.CallAttempt;
import dev.revox.call.CallSession;
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
final class Reception implements IncomingHandler {
    private static final System.Logger LOG = System.getLogger("dev.revox.dispatch");

    /** Stands for our own number in calls to an address without one; no country has this code. */
    private static final PhoneNumber NO_NUMBER = PhoneNumber.of("+999000");

    private final Dispatcher dispatcher;
    private final InboundRouter router;
    private final LiveCalls live;
    private final DispatchSettings settings;

    Reception(Dispatcher dispatcher, InboundRouter router, LiveCalls live, DispatchSettings settings) {
        this.dispatcher = dispatcher;
        this.router = router;
        this.live = live;
        this.settings = settings;
    }

    @Override
    public Optional<Consumer<LegEvent>> incoming(IncomingCall call, CallLeg leg) {
        if (dispatcher.stopping() || live.size() >= settings.maxConcurrentCalls()) {
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
        Instant now = dispatcher.time().instant();
        RecipientZones zones = zones(call);
        PlacedOrder order = order(call, assistant, zones, now);
        String attemptId = UUID.randomUUID().toString();
        ZoneId zone = zones.zones().getFirst();
        CallSession session = dispatcher.answering(
                Texts.setup(order, attemptId, zone, dispatcher.time()), leg, OrderKey.of(order), attemptId);
        dispatcher.arrived(order, CallAttempt.queued(attemptId, order.to(), now), session);
        return session.legListener();
    }

    private RecipientZones zones(IncomingCall call) {
        return call.caller()
                .map(RecipientZones::of)
                .filter(RecipientZones::known)
                .orElseGet(() -> RecipientZones.fixed(settings.defaultZone().orElse(ZoneOffset.UTC)));
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
