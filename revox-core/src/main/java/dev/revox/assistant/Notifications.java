package dev.revox.assistant;

import dev.revox.attempt.CallOutcome;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Who is told of a finished call.
 *
 * <p><b>Thread:</b> Immutable.
 */
public record Notifications(Optional<String> emailAddress, List<CallOutcome> emailOutcomes, Optional<URI> webhookUrl) {

    public static final Notifications NONE = new Notifications(Optional.empty(), List.of(), Optional.empty());

    public Notifications {
        emailOutcomes = List.copyOf(emailOutcomes);
    }

    @Override
    public String toString() {
        return "Notifications[]";
    }
}
