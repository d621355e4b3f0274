package dev.revox.store;

import dev.revox.order.OrderStatus;
import java.time.Instant;

/**
 * One line of an order's life. It holds no number and no spoken text.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param status the order's status from here on
 * @param why in words, for people
 */
public record HistoryEntry(Instant at, OrderStatus status, String why) {}
