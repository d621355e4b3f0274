package dev.revox.order.rules;

import dev.revox.assistant.Assistant;
import java.util.Optional;

/**
 * Where an order finds the assistants that it does not carry itself.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public interface AssistantDirectory {

    /** Neither stored assistants nor a default. */
    AssistantDirectory EMPTY = new AssistantDirectory() {
        @Override
        public Optional<Assistant> stored(Optional<String> organizationId, String id) {
            return Optional.empty();
        }

        @Override
        public Optional<Assistant> fallback(Optional<String> organizationId) {
            return Optional.empty();
        }
    };

    /** The assistant of this tenant with this id. */
    Optional<Assistant> stored(Optional<String> organizationId, String id);

    /** For orders that name no assistant. */
    Optional<Assistant> fallback(Optional<String> organizationId);
}
