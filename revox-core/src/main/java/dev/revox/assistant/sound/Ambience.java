package dev.revox.assistant.sound;

import java.util.Optional;

/**
 * Sounds under the conversation.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param backgroundSound a registered name such as {@code audio/office.ogg}; volumes and probability are 0..1
 */
public record Ambience(
        Optional<String> backgroundSound,
        double backgroundSoundVolume,
        Optional<ThinkingSound> thinkingSound,
        double thinkingSoundProbability,
        double thinkingSoundVolume) {

    public static final Ambience NONE = new Ambience(Optional.empty(), 0.3, Optional.empty(), 1.0, 0.5);
}
