package dev.revox.assistant.sound;

/** How the first sentence comes about. */
public enum FirstSentenceMode {
    GENERATED("generated"),
    STATIC("static"),
    NONE("none");

    private final String wireName;

    FirstSentenceMode(String wireName) {
        this.wireName = wireName;
    }

    /** The value as the call API writes it. */
    public String wireName() {
        return wireName;
    }
}
