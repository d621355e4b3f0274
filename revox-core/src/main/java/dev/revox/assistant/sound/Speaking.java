package dev.revox.assistant.sound;

import java.time.Duration;
import java.util.Optional;

/**
 * What the agent says of itself, and for how long the call may last.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param firstSentenceDelay from the answer; empty means {@link #DEFAULT_FIRST_SENTENCE_DELAY}
 * @param maxDurationEndMessage at most 150 characters
 */
public record Speaking(
        Optional<String> firstSentence,
        FirstSentenceMode firstSentenceMode,
        Optional<Duration> firstSentenceDelay,
        Optional<String> endOfCallSentence,
        Duration maxCallDuration,
        Optional<String> maxDurationEndMessage) {

    public static final Duration DEFAULT_FIRST_SENTENCE_DELAY = Duration.ofMillis(400);
    public static final Duration DEFAULT_MAX_CALL_DURATION = Duration.ofSeconds(3600);

    public static final Speaking DEFAULT = new Speaking(
            Optional.empty(),
            FirstSentenceMode.GENERATED,
            Optional.empty(),
            Optional.empty(),
            DEFAULT_MAX_CALL_DURATION,
            Optional.empty());

    @Override
    public String toString() {
        return "Speaking[" + firstSentenceMode + "]";
    }
}
