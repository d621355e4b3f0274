package dev.revox.order;

/** Where an order stands. */
public enum OrderStatus {
    INITIALIZING("initializing"),
    QUEUED_FOR_CALLING("queued_for_calling"),
    CALLING("calling"),
    SCHEDULED("scheduled"),
    COMPLETED("completed"),
    CANCELLED("cancelled"),
    ERRORED("errored");

    private final String wireName;

    OrderStatus(String wireName) {
        this.wireName = wireName;
    }

    /** The value as the call API writes it. */
    public String wireName() {
        return wireName;
    }
}
