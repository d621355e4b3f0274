package dev.revox.resource.access;

import dev.revox.assistant.Assistant;
import dev.revox.order.rules.AssistantDirectory;
import dev.revox.resource.AssistantStore;
import dev.revox.resource.StoredAssistant;
import java.util.Optional;

/**
 * The assistants that orders may name: the stored ones, and the engine's default.
 *
 * <p><b>Thread:</b> Thread-safe; blocks on the store.
 */
public record StoredDirectory(AssistantStore store, Optional<Assistant> engineDefault) implements AssistantDirectory {
    @Override
    public Optional<Assistant> stored(Optional<String> tenant, String id) {
        return engineDefault
                .filter(assistant -> assistant.id().equals(id))
                .or(() -> store.find(tenant, id).map(StoredAssistant::assistant));
    }

    @Override
    public Optional<Assistant> fallback(Optional<String> tenant) {
        return engineDefault;
    }
}
