package dev.revox.agent.cascade;

import dev.revox.agent.dialogue.Dialogue;
import dev.revox.agent.speech.Speaker;
import dev.revox.agent.speech.Speech;
import dev.revox.agent.step.Outbox;
import dev.revox.agent.turn.TurnController;
import dev.revox.assistant.sound.FirstSentenceMode;
import dev.revox.assistant.sound.Speaking;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The first sentence: prepared while it rings, said exactly its delay after the answer, but not into the greeting of a person
 * who is speaking at that moment.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
final class Opening {

    static final String TIMER = "opening";
    static final String PATIENCE = "opening-patience";

    private final Speaking speaking;
    private final Duration delay;
    private final Duration longestGreeting;
    private final Speaker speaker;
    private final Replies replies;
    private final TurnController turns;
    private final Dialogue dialogue;
    private final Outbox outbox;

    private @Nullable Speech speech;
    private boolean due;
    private boolean impatient;
    private boolean done;

    Opening(
            Speaking speaking,
            Duration delay,
            Duration longestGreeting,
            Speaker speaker,
            Replies replies,
            TurnController turns,
            Dialogue dialogue,
            Outbox outbox) {
        this.speaking = speaking;
        this.delay = delay;
        this.longestGreeting = longestGreeting;
        this.speaker = speaker;
        this.replies = replies;
        this.turns = turns;
        this.dialogue = dialogue;
        this.outbox = outbox;
        this.done = speaking.firstSentenceMode() == FirstSentenceMode.NONE;
    }

    /** Makes the sentence, so that it is there when it is due. */
    void prepare(long nowNanos) {
        if (done || speech != null) {
            return;
        }
        Speech opening = speaker.begin(Speech.Kind.OPENING, 0, true);
        speech = opening;
        if (speaking.firstSentenceMode() == FirstSentenceMode.STATIC) {
            speaker.sayAll(opening, speaking.firstSentence().orElse(""), nowNanos);
        } else {
            replies.open(opening, nowNanos);
        }
    }

    void connected(long answeredNanos, long nowNanos) {
        prepare(nowNanos);
        if (!done) {
            outbox.arm(TIMER, Math.max(nowNanos, answeredNanos + delay.toNanos()));
        }
    }

    /** True until the sentence is on its way to the mouth: a greeting until then is not a question. */
    boolean pending() {
        return !done;
    }

    /** Its sound could not be made while it was held. It is tried anew when it is due. */
    void lost(Speech lostSpeech) {
        if (lostSpeech == speech && !done) {
            speech = null;
        }
    }

    void onTimer(String timer) {
        due = true;
        impatient |= timer.equals(PATIENCE);
    }

    /** Speaks if the time has come and nobody else does. */
    void settle(long nowNanos) {
        if (!due || done) {
            return;
        }
        if (turns.callerSpeaking() && !impatient) {
            if (!outbox.isArmed(PATIENCE)) {
                outbox.arm(PATIENCE, nowNanos + longestGreeting.toNanos());
            }
            return;
        }
        outbox.disarm(PATIENCE);
        prepare(nowNanos);
        done = true;
        turns.setAsideGreeting();
        if (speech != null) {
            dialogue.agent(speech);
            speaker.release(speech, nowNanos);
        }
    }
}
