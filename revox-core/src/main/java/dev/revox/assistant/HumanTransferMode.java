package dev.revox.assistant;

/** How a person is brought in. */
public enum HumanTransferMode {
    WARM("warm"),
    COLD("cold");

    private final String wireName;

    HumanTransferMode(String wireName) {
        this.wireName = wireName;
    }

    /** The value as the call API writes it. */
    public String wireName() {
        return wireName;
    }
}
