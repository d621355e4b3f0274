package dev.revox.order.rules;

/**
 * Something in an order that is accepted but probably not meant.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param jsonPath where it stands in the page's body
 */
public record Warning(String jsonPath, String message) {

    @Override
    public String toString() {
        return jsonPath + ": " + message;
    }
}
