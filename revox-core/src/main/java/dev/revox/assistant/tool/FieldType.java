package dev.revox.assistant.tool;

/** The type of a field that the language model fills in. */
public enum FieldType {
    STRING("string"),
    NUMBER("number"),
    BOOLEAN("boolean"),
    ENUM("enum"),
    DATE("date"),
    DATETIME("datetime");

    private final String wireName;

    FieldType(String wireName) {
        this.wireName = wireName;
    }

    /** The value as the call API writes it. */
    public String wireName() {
        return wireName;
    }
}
