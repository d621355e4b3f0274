package dev.revox.agent.fallback;

import java.time.Duration;

/**
 * How long a call waits for its providers. Each of these waits ends in another provider, a filler or an apology.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param llmFiller without a first token for this long, the agent says that it needs a moment
 * @param llmFirstToken without a first token for this long, the next language model is asked
 * @param llmStall tokens stopped for this long in the middle of an answer
 * @param ttsFirstByte no sound for this long after a clause was given
 * @param ttsStall sound stopped for this long in the middle of a clause
 * @param sttFinal no words for this long after the end of speech: what was recognised so far has to do
 * @param keepOut how long a provider that failed is not the first choice
 */
public record Deadlines(
        Duration llmFiller,
        Duration llmFirstToken,
        Duration llmStall,
        Duration ttsFirstByte,
        Duration ttsStall,
        Duration sttFinal,
        Duration keepOut) {

    /** 1.5 s, 3 s, 1.5 s, 2 s, 800 ms, 2 s, 30 s. */
    public static final Deadlines DEFAULT = new Deadlines(
            Duration.ofMillis(1500),
            Duration.ofSeconds(3),
            Duration.ofMillis(1500),
            Duration.ofSeconds(2),
            Duration.ofMillis(800),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30));
}
