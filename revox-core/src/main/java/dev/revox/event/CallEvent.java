package dev.revox.event;

import dev.revox.attempt.CallAttempt;
import dev.revox.conversation.ConversationNotice;
import dev.revox.line.MediaReport;
import dev.revox.order.OrderKey;
import dev.revox.order.OrderStatus;
import dev.revox.outcome.CallAnalysis;
import dev.revox.wire.CallReport;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that has happened to a call. The tree that they form is at {@link CallListener}.
 *
 * <p><b>Thread:</b> Immutable. {@code toString}s hold no number and no spoken text.
 */
public sealed interface CallEvent {
    OrderKey order();

    Instant at();

    /** The order was accepted. */
    record Placed(OrderKey order, Instant at) implements CallEvent {}

    /** The order waits: for an instant, or for a free slot. */
    record Planned(OrderKey order, Instant at, OrderStatus status, Optional<Instant> dueAt) implements CallEvent {}

    /** An attempt has its row and the INVITE is about to leave. */
    record Dialling(OrderKey order, Instant at, String attemptId) implements CallEvent {}

    /** Somebody called us, and is being answered. */
    record Arrived(OrderKey order, Instant at, String attemptId) implements CallEvent {}

    record Ringing(OrderKey order, Instant at, String attemptId) implements CallEvent {}

    /** Sound may come before the answer. */
    record EarlyMedia(OrderKey order, Instant at, String attemptId) implements CallEvent {}

    record Answered(OrderKey order, Instant at, String attemptId, String codec) implements CallEvent {}

    /** News from inside the conversation. */
    record InConversation(OrderKey order, Instant at, String attemptId, ConversationNotice notice)
            implements CallEvent {}

    /**
     * An attempt is over.
     *
     * @param media what went over the wire; {@link MediaReport#NONE} of an attempt that was not answered
     */
    record AttemptEnded(OrderKey order, Instant at, CallAttempt attempt, MediaReport media) implements CallEvent {}

    /** Nothing more will be dialled: completed, cancelled or errored. */
    record Settled(OrderKey order, Instant at, OrderStatus status) implements CallEvent {}

    /** What an attempt meant is known, or nobody could say. */
    record Analysed(OrderKey order, Instant at, String attemptId, CallAnalysis analysis) implements CallEvent {}

    /** Everything about the order is final. */
    record Reported(OrderKey order, Instant at, CallReport report) implements CallEvent {
        @Override
        public String toString() {
            return "Reported[order=" + order.id() + ", at=" + at + "]";
        }
    }
}
