package dev.revox.resource;

import dev.revox.assistant.Assistant;
import java.util.Optional;

/**
 * An assistant as it is kept. It carries its id, its instants and its tenant itself.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param version goes up by one with every change, for optimistic locking
 */
public record StoredAssistant(Assistant assistant, long version) {
    public StoredAssistant {
        if (!assistant.saved()) {
            throw new IllegalArgumentException("assistant: a stored one has an id");
        }
    }

    public String id() {
        return assistant.id();
    }

    public Optional<String> tenant() {
        return assistant.organizationId();
    }
}
