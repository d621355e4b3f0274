package dev.revox.agent.realtime.talk;

import dev.revox.agent.realtime.session.RealtimeSignal;
import dev.revox.agent.realtime.session.SessionLink;
import dev.revox.agent.realtime.voice.Talk;
import dev.revox.agent.step.Outbox;
import dev.revox.conversation.ConversationEvent;
import java.time.Duration;

/**
 * What the person said right before the end of the call: nobody is on the line any more, but the model may still owe its transcript, and
 * is given two seconds.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
final class PartingWords {

    private static final String TIMER = "last-words";
    private static final long LONGEST_NANOS = Duration.ofSeconds(2).toNanos();

    private final SessionLink link;
    private final Talk talk;
    private final Outbox outbox;
    private boolean awaited;

    PartingWords(SessionLink link, Talk talk, Outbox outbox) {
        this.link = link;
        this.talk = talk;
        this.outbox = outbox;
    }

    /** The leg is over and all speech has been ended. */
    void begin(long nowNanos) {
        awaited = link.session().isPresent() && talk.owesWords();
        if (awaited) {
            outbox.arm(TIMER, nowNanos + LONGEST_NANOS);
        }
    }

    boolean awaited() {
        return awaited;
    }

    /** Nothing else is of interest now. */
    void on(ConversationEvent event) {
        boolean waits = true;
        switch (event) {
            case ConversationEvent.FromAgent agent -> {
                if (agent.signal() instanceof RealtimeSignal news && link.knows(news)) {
                    waits = !(news instanceof RealtimeSignal.Lost);
                    if (news instanceof RealtimeSignal.UserSaid said) {
                        talk.userWords(said.turn(), said.text(), said.complete());
                    }
                }
            }
            case ConversationEvent.TimerFired timer -> waits = !timer.timer().equals(TIMER);
            case ConversationEvent.Stop stop -> waits = false;
            default -> {}
        }
        awaited = waits && talk.owesWords();
    }
}
