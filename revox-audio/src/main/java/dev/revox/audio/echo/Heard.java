package dev.revox.audio.echo;

/** What a piece of sound from the other side is. */
public enum Heard {
    /** Nothing of ours is known to be in it. */
    VOICE,
    /** Our own voice and nothing else. */
    ECHO,
    /** Somebody speaks over the echo of our own voice, or did a moment ago. */
    VOICE_OVER_ECHO
}
