package dev.revox.agent.closing;

import dev.revox.agent.dialogue.Dialogue;
import dev.revox.agent.listening.Listener;
import dev.revox.agent.listening.ListeningSignal;
import dev.revox.agent.step.Outbox;
import dev.revox.agent.turn.TurnController;
import dev.revox.conversation.ConversationEvent;

/**
 * What the person said right before the end of the call: nobody is on the line any more, but the recogniser may still owe words, and is
 * given until its own deadline.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class PartingWords {

    private final Listener listener;
    private final TurnController turns;
    private final Dialogue dialogue;
    private final Outbox outbox;
    private boolean awaited;

    public PartingWords(Listener listener, TurnController turns, Dialogue dialogue, Outbox outbox) {
        this.listener = listener;
        this.turns = turns;
        this.dialogue = dialogue;
        this.outbox = outbox;
    }

    /** The leg is over and all speech has been ended. */
    public void begin(long nowNanos) {
        awaited = true;
        settle(areOwed(nowNanos));
    }

    public boolean awaited() {
        return awaited;
    }

    /** Nothing else is of interest now. A recogniser that fails is not replaced any more. */
    public void on(ConversationEvent event, long nowNanos) {
        boolean waits = true;
        switch (event) {
            case ConversationEvent.FromAgent agent -> {
                waits = !(agent.signal() instanceof ListeningSignal.Failed);
                if (waits && agent.signal() instanceof ListeningSignal heard) {
                    listener.on(heard, nowNanos);
                }
            }
            case ConversationEvent.TimerFired timer -> {
                outbox.fired(timer.timer());
                listener.onTimer(timer.timer(), nowNanos);
            }
            case ConversationEvent.Stop stop -> waits = false;
            default -> {}
        }
        settle(waits && areOwed(nowNanos));
    }

    private boolean areOwed(long nowNanos) {
        return turns.awaitsWords() && listener.owesWords(nowNanos);
    }

    private void settle(boolean waits) {
        if (!waits) {
            end();
        }
    }

    /** What is known by now has to do. */
    public void end() {
        if (awaited) {
            awaited = false;
            String rest = turns.takeRest();
            if (!rest.isBlank()) {
                dialogue.user(rest);
            }
        }
    }
}
