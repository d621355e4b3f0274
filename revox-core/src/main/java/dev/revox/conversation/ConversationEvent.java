package dev.revox.conversation;

import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.line.LegEvent;
import dev.revox.media.Ear;

/**
 * What a conversation can be told.
 *
 * <p><b>Thread:</b> Immutable.
 */
public sealed interface ConversationEvent {

    /** The INVITE is on its way: prepare the first sentence. Not sent for incoming calls. */
    record Dialling() implements ConversationEvent {}

    /** The call is up. Follows instead of {@code LegEvent.Answered}. */
    record Connected(LegEvent.Answered answered, Ear ear) implements ConversationEvent {}

    /** Every other event of the leg, terminal ones included. */
    record FromLeg(LegEvent event) implements ConversationEvent {}

    /** The agent's own providers. */
    record FromAgent(AgentSignal signal) implements ConversationEvent {}

    /** A timer set with {@code ConversationCommand.SetTimer} is due. A cancelled or replaced timer never arrives. */
    record TimerFired(String timer) implements ConversationEvent {}

    /** The engine wants an end: cancelled, shut down. The conversation stops speaking and hangs up with these words. */
    record Stop(EndedBy endedBy, EndReason reason) implements ConversationEvent {}
}
