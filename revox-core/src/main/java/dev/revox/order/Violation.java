package dev.revox.order;

/**
 * One thing that is wrong with an order.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param jsonPath where it stands in the page's body, such as {@code $.assistant.custom_tools[0].name}
 * @param message what is wrong and what would be right; never the value itself
 */
public record Violation(String jsonPath, String message) {

    @Override
    public String toString() {
        return jsonPath + ": " + message;
    }
}
