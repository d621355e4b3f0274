package dev.revox.attempt;

/** Who ended a call. */
public enum EndedBy {
    AGENT("agent"),
    USER("user"),
    SYSTEM("system");

    private final String wireName;

    EndedBy(String wireName) {
        this.wireName = wireName;
    }

    /** The value as the call API writes it. */
    public String wireName() {
        return wireName;
    }
}
