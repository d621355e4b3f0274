package dev.revox.lifecycle;

import dev.revox.attempt.CallOutcome;
import dev.revox.order.OrderStatus;
import dev.revox.store.Beginning;
import dev.revox.store.OutboxEntry;
import dev.revox.store.StoredAttempt;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that can happen to an order.
 *
 * <p><b>Thread:</b> Immutable.
 */
public sealed interface OrderStep {
    /** Its next attempt is planned for an instant. */
    record Plan(Instant at, String why) implements OrderStep {}

    /**
     * It is due, and waits for a slot or a line.
     *
     * @param until when it may no longer be dialled, so that it is looked at again
     */
    record Queue(Instant until) implements OrderStep {}

    /** An attempt begins: its row is written, and only then the INVITE leaves. */
    record Begin(StoredAttempt attempt, Beginning conditions) implements OrderStep {}

    /** Its live attempt rings, or is answered. */
    record Progress(StoredAttempt attempt, long token) implements OrderStep {}

    /** Its live attempt is over. */
    record End(StoredAttempt attempt, Sequel sequel, long token) implements OrderStep {}

    /** The engine that held its live attempt is gone. */
    record Lose(StoredAttempt attempt, Sequel sequel) implements OrderStep {}

    /** The host wants no further attempt for now. */
    record Pause() implements OrderStep {}

    /** The host wants to go on. */
    record Resume() implements OrderStep {}

    /** It is due, but its campaign is paused: it waits for no instant until it is released. */
    record Hold() implements OrderStep {}

    /** Its campaign goes on. */
    record Release() implements OrderStep {}

    /** The host wants no call any more. */
    record Cancel() implements OrderStep {}

    /** Nothing more can come of it, without an attempt having said so. */
    record Settle(OrderStatus status, String why) implements OrderStep {}

    /** What an attempt meant is known, or nobody could say. */
    record Analyse(StoredAttempt attempt, Optional<CallOutcome> outcome, Optional<String> summary)
            implements OrderStep {}

    /** Everything about it is final. */
    record Report(Optional<OutboxEntry> toTell) implements OrderStep {}
}
