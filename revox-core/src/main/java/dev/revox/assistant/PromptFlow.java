package dev.revox.assistant;

import java.util.List;

/**
 * Where a visual editor drew the parts of the prompt. Stored and returned; has no effect on a call.
 *
 * <p><b>Thread:</b> Immutable.
 */
public record PromptFlow(List<Edge> edges, List<Node> nodes) {

    public PromptFlow {
        edges = List.copyOf(edges);
        nodes = List.copyOf(nodes);
    }

    /** A line between two blocks. */
    public record Edge(String id, String source, String target) {}

    /** A block of prompt text; its {@code type} is always {@code promptBlock}. */
    public record Node(String id, String title, String body, double x, double y) {
        @Override
        public String toString() {
            return "Node[" + id + "]";
        }
    }
}
