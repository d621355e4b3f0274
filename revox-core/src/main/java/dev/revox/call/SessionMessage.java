package dev.revox.call;

import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.conversation.AgentSignal;
import dev.revox.line.LegEvent;

/** What may lie in a session's mailbox. */
sealed interface SessionMessage {
    record Begin() implements SessionMessage {}

    record FromLeg(LegEvent event) implements SessionMessage {}

    record FromAgent(AgentSignal signal) implements SessionMessage {}

    record ConversationTimer(Timers.Ring<String> ring) implements SessionMessage {}

    record DeadlinePassed(Timers.Ring<Deadline> ring) implements SessionMessage {}

    record Stop(EndedBy endedBy, EndReason reason) implements SessionMessage {}

    /** What the session itself waits for, never without an end. */
    enum Deadline {
        ANSWER,
        MAX_DURATION,
        STOP,
        HANG_UP,
        LAST_WORDS
    }
}
