package dev.revox.media;

/**
 * A clip that is to play beneath the agent's speech.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param clip its name, as the line knows it
 * @param volume 0 is silent, 1 is as loud as such a clip should ever be, which is still below speech
 */
public record AmbientSound(String clip, double volume) {

    public AmbientSound {
        if (!(volume >= 0 && volume <= 1)) {
            throw new IllegalArgumentException("volume must be within 0 and 1, was " + volume);
        }
    }
}
