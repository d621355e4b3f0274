package dev.revox.testkit.contract.store;

import dev.revox.assistant.Assistant;
import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.CallAttempt;
import dev.revox.order.CallOrder;
import dev.revox.order.CallOrderBuilder;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.phone.PhoneNumber;
import dev.revox.phone.RecipientZones;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredOrder;
import dev.revox.store.node.NodeId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;

/** Orders and attempts for tests of stores. */
public final class Rows {
    /** A quarter past a nanosecond: what a store rounds, it loses. */
    public static final Instant NOON = Instant.parse("2026-08-03T10:00:00.000000001Z");

    public static final PhoneNumber NUMBER = PhoneNumber.of("+14155550100");

    private static final Assistant ASSISTANT =
            Assistant.prompt("You confirm tomorrow's appointment.").build().snapshot("assistant", NOON);

    private Rows() {}

    public static StoredOrder order(String id) {
        return order(id, order -> {});
    }

    /** An order that waits until noon. */
    public static StoredOrder order(String id, Consumer<CallOrderBuilder> more) {
        CallOrderBuilder order = CallOrder.to(NUMBER.e164());
        more.accept(order);
        PlacedOrder placed =
                PlacedOrder.accepted(order.build(), id, ASSISTANT, RecipientZones.fixed(ZoneOffset.UTC), NOON);
        return StoredOrder.of(placed, Optional.of(NOON));
    }

    /** An order that became due at an instant and waits for a slot of a key. */
    public static StoredOrder queued(String id, String key, int max, Instant due) {
        StoredOrder waiting = order(id, order -> order.concurrency(key, max));
        return StoredOrder.of(waiting.order().withStatus(OrderStatus.QUEUED_FOR_CALLING, NOON), Optional.of(due));
    }

    /** The next version of a row. */
    public static StoredOrder next(StoredOrder row, OrderStatus status, Optional<Instant> due) {
        return new StoredOrder(row.order().withStatus(status, NOON), due, row.reported());
    }

    /** The next version of a row whose attempt begins. */
    public static StoredOrder calling(StoredOrder row) {
        return next(row, OrderStatus.CALLING, Optional.empty());
    }

    public static StoredAttempt attempt(String id, NodeId owner) {
        return StoredAttempt.of(CallAttempt.queued(id, NUMBER, NOON), owner, Optional.empty());
    }

    public static StoredAttempt attempt(String id, NodeId owner, String line) {
        return StoredAttempt.of(CallAttempt.queued(id, NUMBER, NOON), owner, Optional.of(line));
    }

    public static CallAttempt ended(StoredAttempt row) {
        CallAttempt live = row.attempt();
        return new CallAttempt(
                live.id(),
                live.phoneNumber(),
                AttemptStatus.COMPLETED,
                live.startedAt(),
                live.answeredAt(),
                Optional.of(NOON.plusSeconds(60)),
                live.result(),
                live.dialError(),
                live.endedBy(),
                live.endReason(),
                live.recordingUrl(),
                live.transcript(),
                live.structuredOutput());
    }
}
