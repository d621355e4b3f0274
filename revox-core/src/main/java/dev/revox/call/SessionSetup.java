package dev.revox.call;

import dev.revox.conversation.ConversationSetup;
import dev.revox.media.recording.RecordingTarget;
import java.time.Duration;
import java.util.Optional;

/**
 * What a session needs to know of its attempt.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param ringTimeout how long it may take from dialling to the answer
 * @param recording where to record to
 */
public record SessionSetup(
        ConversationSetup conversation,
        Duration ringTimeout,
        Optional<RecordingTarget> recording,
        SessionLimits limits) {}
