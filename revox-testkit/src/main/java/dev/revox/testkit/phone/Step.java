package dev.revox.testkit.phone;

import java.time.Duration;

/**
 * One thing that the person at the telephone does, after the one before.
 *
 * <p><b>Thread:</b> Immutable.
 */
public sealed interface Step {

    /** How long a step waits for the other side unless it says otherwise. */
    Duration PATIENCE = Duration.ofSeconds(20);

    /** Silence after which the other side counts as done; longer than an agent's pause between two sentences. */
    Duration DONE_AFTER = Duration.ofMillis(900);

    record WaitForSpeechEnd(Duration silence, Duration limit) implements Step {}

    /**
     * A sentence to say.
     *
     * @param withoutWord a word that gets lost on the way, its packets are not sent; empty for none
     */
    record Say(String text, String withoutWord) implements Step {
        /** The same sentence, of which the packets of one word get lost. */
        public Say withoutWord(String word) {
            return new Say(text, word);
        }
    }

    record InterruptAfter(Duration agentSpeech, String text, Duration limit) implements Step {}

    record WaitForHangUp(Duration limit) implements Step {}

    record Pause(Duration length) implements Step {}

    record Press(String keys) implements Step {}

    record HangUp() implements Step {}

    /** Waits until the other side has spoken, since the step before, and has been silent for {@link #DONE_AFTER}. */
    static Step waitForSpeechEnd() {
        return new WaitForSpeechEnd(DONE_AFTER, PATIENCE);
    }

    static Step waitForSpeechEnd(Duration silence, Duration limit) {
        return new WaitForSpeechEnd(silence, limit);
    }

    /** Says a sentence of the voice and waits until it is said. */
    static Say say(String text) {
        return new Say(text, "");
    }

    /** Waits until the other side has been speaking for so long, then speaks in between. */
    static Step interruptAfter(Duration agentSpeech, String text) {
        return new InterruptAfter(agentSpeech, text, PATIENCE);
    }

    /** Waits for the other side's BYE. */
    static Step waitForHangUp(Duration limit) {
        return new WaitForHangUp(limit);
    }

    static Step pause(Duration length) {
        return new Pause(length);
    }

    /** Presses keys (RFC 4733). */
    static Step press(String keys) {
        return new Press(keys);
    }

    static Step hangUp() {
        return new HangUp();
    }
}
