package dev.revox.testkit.wire;

import java.time.Duration;

/**
 * What providers need: the recogniser from the sound to its words, the model to its first token, the voice to its first sound.
 *
 * <p><b>Thread:</b> Immutable.
 */
public record ProviderPace(Duration words, Duration firstToken, Duration firstSound) {

    /** 120, 300 and 100 ms. */
    public static final ProviderPace USUAL =
            new ProviderPace(Duration.ofMillis(120), Duration.ofMillis(300), Duration.ofMillis(100));

    public double allMs() {
        return words.plus(firstToken).plus(firstSound).toMillis();
    }
}
