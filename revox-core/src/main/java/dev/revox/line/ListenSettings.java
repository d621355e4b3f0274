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
 * @param minPause loudness that falls for so long within speech is told as a pause, which may turn out to be its end; long enough
 *     for most stops within words. Two thirds of it are enough where the voice sank before
 */
public record ListenSettings(float speechThreshold, Duration minSpeech, Duration minSilence, Duration minPause) {

    /** Threshold 0.5, at least 50 ms of speech, 250 ms of silence, pauses from 60 ms. */
    public static final ListenSettings DEFAULT =
            new ListenSettings(0.5f, Duration.ofMillis(50), Duration.ofMillis(250), Duration.ofMillis(60));
}
