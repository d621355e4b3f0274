package dev.revox.agent.tts.sound;

import java.time.Duration;

/**
 * How long a speech provider may take.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param firstSound from the first text to the first sound
 * @param nextSound from sound to sound, once the provider has all the text that it waits for
 */
public record SpeechDeadlines(Duration firstSound, Duration nextSound) {

    /** 4 s and 800 ms. */
    public static final SpeechDeadlines DEFAULT = new SpeechDeadlines(Duration.ofSeconds(4), Duration.ofMillis(800));
}
