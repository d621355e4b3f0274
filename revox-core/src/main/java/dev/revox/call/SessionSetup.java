package dev.revox.call;

import dev.revox.conversation.ConversationSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a session needs to know of its attempt.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param ringTimeout how long it may take from dialling to the answer
 * @param recording the file to record to
 */
public record SessionSetup(
        ConversationSetup conversation, Duration ringTimeout, Optional<Path> recording, SessionLimits limits) {}
