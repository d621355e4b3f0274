package dev.revox.event;

/**
 * Follows calls. It observes only: what it throws is logged and harms no call, and it may place and cancel calls.
 *
 * <p>Events of one call nest, and what opens also closes:
 *
 * <pre>
 * Placed
 *   Planned*                          again whenever the next attempt moves
 *   (Dialling | Arrived               an attempt
 *     Ringing? EarlyMedia?
 *     (Answered InConversation*)?     turns, barge-ins, tools, latencies
 *   AttemptEnded)*
 * Settled
 *   Analysed*                         per attempt with a conversation; may also come before Settled
 * Reported                            the last one
 * </pre>
 *
 * <p><b>Thread:</b> called on threads of the engine, one event of one call at a time, in order; events of different calls may
 * come at once. It may block: only its own call's later events wait.
 */
@FunctionalInterface
public interface CallListener {
    void onEvent(CallEvent event);
}
