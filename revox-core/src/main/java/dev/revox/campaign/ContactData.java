package dev.revox.campaign;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A person to be called, as the host gives it. Its {@code toString} holds nothing of it.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param number as people write it, with its country code
 * @param variables replace {@code {{name}}} in the assistant's texts
 * @param metadata opaque, returned unchanged with the order
 * @param reference the host's own key: a contact whose reference the campaign knows is not added again
 */
public record ContactData(
        String number, Map<String, String> variables, Map<String, String> metadata, Optional<String> reference) {

    public ContactData {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    public static ContactData of(String number) {
        return new ContactData(number, Map.of(), Map.of(), Optional.empty());
    }

    public static ContactData of(String number, Map<String, String> variables) {
        return new ContactData(number, variables, Map.of(), Optional.empty());
    }

    public ContactData withMetadata(Map<String, String> entries) {
        return new ContactData(number, variables, entries, reference);
    }

    public ContactData withReference(String key) {
        return new ContactData(number, variables, metadata, Optional.of(key));
    }

    @Override
    public String toString() {
        return "ContactData[]";
    }
}
