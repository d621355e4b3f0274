package dev.revox.line;

import java.time.Duration;

/**
 * When the machine's ear calls a sound speech.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param speechThreshold voice probability at and above which a frame counts as speech, 0..1
 * @param minSpeech shorter sounds are not reported
 * @param minSilence silence that ends speech
 */
public record ListenSettings(float speechThreshold, Duration minSpeech, Duration minSilence) {

    /** Threshold 0.5, at least 50 ms of speech, 250 ms of silence. */
    public static final ListenSettings DEFAULT =
            new ListenSettings(0.5f, Duration.ofMillis(50), Duration.ofMillis(250));
}
