package dev.revox.agent.realtime.talk;

import dev.revox.agent.prompt.PhonePrompt;
import dev.revox.agent.realtime.RealtimeModel.Prompt;
import dev.revox.agent.realtime.answer.Answers;
import dev.revox.agent.step.Outbox;
import dev.revox.assistant.sound.FirstSentenceMode;
import dev.revox.assistant.sound.Speaking;
import java.time.Duration;

/**
 * The first sentence: made while it rings, said exactly its delay after the answer, but not into the greeting of a person who is
 * speaking at that moment.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
final class FirstWords {

    static final String TIMER = "realtime-opening";
    static final String PATIENCE = "realtime-opening-patience";

    private final Speaking speaking;
    private final Duration delay;
    private final Duration longestGreeting;
    private final PhonePrompt prompt;
    private final Answers answers;
    private final Outbox outbox;
    private boolean asked;
    private boolean due;
    private boolean impatient;
    private boolean done;

    FirstWords(
            Speaking speaking,
            Duration delay,
            Duration longestGreeting,
            PhonePrompt prompt,
            Answers answers,
            Outbox outbox) {
        this.speaking = speaking;
        this.delay = delay;
        this.longestGreeting = longestGreeting;
        this.prompt = prompt;
        this.answers = answers;
        this.outbox = outbox;
        done = speaking.firstSentenceMode() == FirstSentenceMode.NONE || wordless(speaking);
    }

    private static boolean wordless(Speaking speaking) {
        return speaking.firstSentenceMode() == FirstSentenceMode.STATIC
                && speaking.firstSentence().orElse("").isBlank();
    }

    /** Has the sentence made, so that it is there when it is due. */
    void prepare(long nowNanos) {
        if (!done && !asked) {
            asked = true;
            answers.prepareOpening(prompt(), nowNanos);
        }
    }

    private Prompt prompt() {
        return speaking.firstSentenceMode() == FirstSentenceMode.STATIC
                ? new Prompt.Exactly(speaking.firstSentence().orElse(""))
                : new Prompt.Direction(prompt.openingDirection().text());
    }

    void connected(long answeredNanos, long nowNanos) {
        prepare(nowNanos);
        if (!done) {
            outbox.arm(TIMER, Math.max(nowNanos, answeredNanos + delay.toNanos()));
        }
    }

    /** True until the sentence is on its way to the mouth. */
    boolean pending() {
        return !done;
    }

    void onTimer(String timer) {
        due = true;
        impatient |= timer.equals(PATIENCE);
    }

    /** Speaks if the time has come and the person does not. */
    void settle(boolean callerSpeaking, long nowNanos) {
        if (!due || done) {
            return;
        }
        if (callerSpeaking && !impatient) {
            if (!outbox.isArmed(PATIENCE)) {
                outbox.arm(PATIENCE, nowNanos + longestGreeting.toNanos());
            }
            return;
        }
        outbox.disarm(PATIENCE);
        done = true;
        answers.release(nowNanos);
    }
}
