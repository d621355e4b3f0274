package dev.revox.testkit.provider.socket;

import java.time.Duration;

/**
 * How fast a local voice speaks.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param firstPiece from the first text to the first sound
 * @param between between tenths of a second of sound
 */
public record SpeechPace(Duration firstPiece, Duration between) {

    public static final SpeechPace AT_ONCE = new SpeechPace(Duration.ZERO, Duration.ZERO);
}
