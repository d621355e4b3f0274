package dev.revox.agent.tool;

/**
 * What a tool gives back to the model. Its {@code toString} holds no content.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param error whether the model is told that it failed
 */
public record ToolOutput(String text, boolean error) {

    public static ToolOutput of(String text) {
        return new ToolOutput(text, false);
    }

    /** A failure, in words that help the model to go on. */
    public static ToolOutput error(String text) {
        return new ToolOutput(text, true);
    }

    @Override
    public String toString() {
        return "ToolOutput[" + text.length() + " chars, error=" + error + "]";
    }
}
