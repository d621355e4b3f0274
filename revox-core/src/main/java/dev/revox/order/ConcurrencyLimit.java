package dev.revox.order;

/**
 * How many calls with one key may be live at once.
 *
 * <p><b>Thread:</b> Immutable.
 */
public record ConcurrencyLimit(String key, int max) {}
