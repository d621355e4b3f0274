package dev.revox.agent.tool.mcp;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How an MCP server is dealt with.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param deadline of one request, the first one included
 * @param firstRetry after a failed connection the next is tried so much later, then twice as much, and so on
 * @param longestRetry but never later than this
 * @param prefix put before the names of all tools
 * @param only names of the tools to be used, as the server writes them; empty for all
 */
record McpSettings(
        Duration deadline, Duration firstRetry, Duration longestRetry, String prefix, Optional<Set<String>> only) {

    static final McpSettings DEFAULT =
            new McpSettings(Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofMinutes(1), "", Optional.empty());

    /** Messages of a server that are larger are refused. */
    static final int LARGEST_MESSAGE_BYTES = 1 << 20;

    Duration retry(int failures) {
        Duration wait = firstRetry.multipliedBy(1L << Math.min(failures - 1, 16));
        return wait.compareTo(longestRetry) < 0 ? wait : longestRetry;
    }

    McpSettings withDeadline(Duration value) {
        return new McpSettings(value, firstRetry, longestRetry, prefix, only);
    }

    McpSettings withRetries(Duration first, Duration longest) {
        return new McpSettings(deadline, first, longest, prefix, only);
    }

    McpSettings withPrefix(String value) {
        return new McpSettings(deadline, firstRetry, longestRetry, value, only);
    }

    McpSettings withOnly(Set<String> names) {
        return new McpSettings(deadline, firstRetry, longestRetry, prefix, Optional.of(Set.copyOf(names)));
    }
}
