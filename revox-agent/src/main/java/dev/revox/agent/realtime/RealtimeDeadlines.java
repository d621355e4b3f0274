package dev.revox.agent.realtime;

import java.time.Duration;

/**
 * How long a call waits for a model that speaks itself. Each of these waits ends in a fresh session or in a farewell.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param open from the first attempt to a session that is ready
 * @param firstSound from the end of the person's turn to the first sound of the answer
 * @param nextSound from sound to sound within an answer, once everything before it was played
 */
public record RealtimeDeadlines(Duration open, Duration firstSound, Duration nextSound) {

    /** 5 s, 3 s, 1.5 s. */
    public static final RealtimeDeadlines DEFAULT =
            new RealtimeDeadlines(Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofMillis(1500));
}
