package dev.revox.assistant.sound;

import dev.revox.media.AmbientSound;
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

    /** The background that every line has. */
    public static final String OFFICE = "audio/office.ogg";

    public static final Ambience NONE = new Ambience(Optional.empty(), 0.3, Optional.empty(), 1.0, 0.5);

    /** What plays under the whole call. */
    public Optional<AmbientSound> background() {
        return backgroundSound.map(name -> new AmbientSound(name, backgroundSoundVolume));
    }

    /** What plays on those turns on which there is a sound of thinking. */
    public Optional<AmbientSound> thinking() {
        return thinkingSound.map(sound -> new AmbientSound(sound.wireName(), thinkingSoundVolume));
    }
}
