package dev.revox.agent.tool;

import java.time.Duration;

/**
 * How long a call waits for its tools, and how many it may call.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param deadline a tool that has not answered by then counts as failed
 * @param filler after so much of waiting the agent says that it needs a moment
 * @param nextFiller and again after so much more
 * @param mostPerTurn calls that one turn of the person may cause
 * @param mostPerCall calls in one conversation
 * @param longestOutputBytes the rest of a longer result is cut off
 */
public record ToolSettings(
        Duration deadline,
        Duration filler,
        Duration nextFiller,
        int mostPerTurn,
        int mostPerCall,
        int longestOutputBytes) {

    /** 10 s, 1.5 s, 4 s, 8 calls, 50 calls, 16 KiB. */
    public static final ToolSettings DEFAULT =
            new ToolSettings(Duration.ofSeconds(10), Duration.ofMillis(1500), Duration.ofSeconds(4), 8, 50, 16 << 10);

    public ToolSettings {
        positive("deadline", deadline);
        positive("filler", filler);
        positive("nextFiller", nextFiller);
        if (mostPerTurn < 0 || mostPerCall < 0 || longestOutputBytes < 1) {
            throw new IllegalArgumentException("limits of tools must not be negative");
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " must be positive");
        }
    }

    public ToolSettings withDeadline(Duration value) {
        return new ToolSettings(value, filler, nextFiller, mostPerTurn, mostPerCall, longestOutputBytes);
    }

    public ToolSettings withBudget(int perTurn, int perCall) {
        return new ToolSettings(deadline, filler, nextFiller, perTurn, perCall, longestOutputBytes);
    }
}
