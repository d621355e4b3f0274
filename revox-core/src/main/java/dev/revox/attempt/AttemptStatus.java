package dev.revox.attempt;

/** How far an attempt has come. */
public enum AttemptStatus {
    QUEUED("queued"),
    RINGING("ringing"),
    ONGOING("ongoing"),
    COMPLETED("completed"),
    ERROR("error");

    private final String wireName;

    AttemptStatus(String wireName) {
        this.wireName = wireName;
    }

    /** The value as the call API writes it. */
    public String wireName() {
        return wireName;
    }
}
