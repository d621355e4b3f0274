package dev.revox.agent.llm.openai;

import java.time.Duration;

/**
 * How long a completion may take.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param firstToken from the request to the first sign of life
 * @param nextToken from one sign of life to the next
 * @param whole from the request to the end
 */
public record ModelDeadlines(Duration firstToken, Duration nextToken, Duration whole) {

    /** 8 s, 3 s and 60 s. */
    public static final ModelDeadlines DEFAULT =
            new ModelDeadlines(Duration.ofSeconds(8), Duration.ofSeconds(3), Duration.ofSeconds(60));
}
