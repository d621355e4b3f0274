package dev.revox.store.search;

import dev.revox.order.PlacedOrder;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * A place in the list of orders: behind the order with this instant and id. It stays right while orders come and go.
 *
 * <p><b>Thread:</b> Immutable.
 */
public record OrderCursor(Instant createdAt, String id) {
    public static OrderCursor after(PlacedOrder order) {
        return new OrderCursor(order.createdAt(), order.id());
    }

    /** A text for links and requests. */
    public String text() {
        return createdAt + "/" + id;
    }

    /**
     * Reads what {@link #text()} gave.
     *
     * @throws IllegalArgumentException when it is no such text
     */
    public static OrderCursor parse(String text) {
        int slash = text.indexOf('/');
        try {
            if (slash > 0 && slash < text.length() - 1) {
                return new OrderCursor(Instant.parse(text.substring(0, slash)), text.substring(slash + 1));
            }
        } catch (DateTimeParseException unreadable) {
            throw new IllegalArgumentException("a cursor must be the text that a page gave", unreadable);
        }
        throw new IllegalArgumentException("a cursor must be the text that a page gave");
    }
}
