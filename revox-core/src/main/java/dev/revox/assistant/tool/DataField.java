package dev.revox.assistant.tool;

import java.util.List;
import java.util.Optional;

/**
 * A field that the language model fills in: a tool's argument, or a member of the structured output. Its {@code toString}
 * holds no text that the model is given.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param enumOptions the allowed values of an {@code ENUM}; empty otherwise
 */
public record DataField(
        String name, FieldType type, boolean required, Optional<String> description, List<String> enumOptions) {

    public DataField {
        enumOptions = List.copyOf(enumOptions);
    }

    @Override
    public String toString() {
        return "DataField[" + name + ", " + type + "]";
    }
}
